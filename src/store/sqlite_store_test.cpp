#include "store/sqlite_store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "async/task_group.h"
#include "base/error.h"
#include "store/sqlite.h"

namespace heat {
namespace {

constexpr const char* kKey = "a key of more than sixteen characters";

/// A loop on the calling thread that other threads can wake.
class WaitingLoop final : public Loop {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }
  void post(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      work_.push_back(std::move(work));
    }
    arrived_.notify_one();
  }
  TimerId call_after(Duration, std::function<void()>) override { return 0; }
  void cancel_timer(TimerId) override {}

  void run(Task<> task) {
    TaskGroup group(*this);
    group.spawn(std::move(task));
    while (group.running() > 0) turn();
  }

 private:
  void turn() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return !work_.empty(); });
    const std::function<void()> work = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    work();
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> work_;
};

template <class T>
Task<> settle(Task<T> task, std::promise<T>& outcome) {
  try {
    outcome.set_value(co_await std::move(task));
  } catch (...) {
    outcome.set_exception(std::current_exception());
  }
}

template <class T>
T wait_for(WaitingLoop& loop, Task<T> task) {
  std::promise<T> outcome;
  loop.run(settle(std::move(task), outcome));
  return outcome.get_future().get();
}

StackRow a_stack(const std::string& id, const std::string& name) {
  StackRow row;
  row.id = row.root_id = id;
  row.project_id = "blue";
  row.name = name;
  return row;
}

class SqliteStoreTest : public testing::Test {
 protected:
  SqliteStoreTest() {
    std::string pattern = testing::TempDir() + "heat-store-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~SqliteStoreTest() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ / "heat.sqlite"; }
  SqliteStore open(const std::string& keys = kKey) { return SqliteStore({path(), keys}); }

  std::filesystem::path folder_;
  WaitingLoop loop_;
};

TEST_F(SqliteStoreTest, KeepsRowsOverARestart) {
  {
    SqliteStore file = open();
    EXPECT_EQ(wait_for(loop_, file.for_loop(loop_)->commit(Changes().insert(a_stack("s", "web")))),
              CommitResult::Done);
  }
  SqliteStore file = open();
  EXPECT_EQ(wait_for(loop_, file.for_loop(loop_)->stack("blue", "s"))->name, "web");
  EXPECT_EQ(std::filesystem::status(path()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SqliteStoreTest, WritesNoSecretInClear) {
  const std::string word = "hunter2-correct-horse";
  const Value secret(Map{{"password", word}});
  SqliteStore file = open();
  const std::unique_ptr<Store> store = file.for_loop(loop_);
  StackRow stack = a_stack("s", "web");
  stack.outputs = stack.tags = secret;
  ResourceRow resource;
  resource.id = "r";
  resource.properties = resource.target = resource.attributes = resource.data = resource.metadata =
      secret;
  EventRow event;
  event.id = "e";
  event.properties = secret;
  CredentialRow credential;
  credential.id = "c";
  credential.secret = secret;
  Changes changes;
  changes.insert(stack).insert(resource).insert(event).insert(credential);
  changes.insert(DefinitionRow{"d", word, secret, secret, secret});
  changes.insert(StepRow{"r", "s", true, secret, 0});
  changes.insert(InboxRow{"i", "s", "s", "update", secret, 0, 0});
  ASSERT_EQ(wait_for(loop_, store->commit(changes)), CommitResult::Done);

  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.find(word), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("password"), std::string::npos) << entry.path();
    files += bytes.find("live_name") != std::string::npos;
  }
  EXPECT_GT(files, 0) << "the test read no database";
}

ErrorKind kind_thrown(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::Error;
}

TEST_F(SqliteStoreTest, RefusesAWrongKey) {
  {
    open();
  }
  EXPECT_EQ(kind_thrown([&] { open("another key of sixteen and more"); }),
            ErrorKind::InvalidEncryptionKey);
  open("another key of sixteen and more, " + std::string(kKey));
}

TEST_F(SqliteStoreTest, NoticesATamperedRow) {
  SqliteStore file = open();
  const std::unique_ptr<Store> store = file.for_loop(loop_);
  ResourceRow one, other;
  one.id = "one";
  other.id = "other";
  one.stack_id = other.stack_id = "s";
  one.data = Value(Map{{"a", "b"}});
  other.data = Value(Map{{"c", "d"}});
  ASSERT_EQ(wait_for(loop_, store->commit(Changes().insert(one).insert(other))),
            CommitResult::Done);
  sqlite::Connection(path()).execute(
      "UPDATE resource SET data = (SELECT data FROM resource WHERE id = 'one')");
  EXPECT_EQ(kind_thrown([&] { wait_for(loop_, store->resources("s")); }),
            ErrorKind::InvalidEncryptionKey);
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfANewerVersion) {
  {
    open();
  }
  sqlite::Connection(path()).execute("INSERT INTO migration (number) VALUES (1000)");
  EXPECT_EQ(kind_thrown([&] { open(); }), ErrorKind::InternalError);
}

TEST_F(SqliteStoreTest, LeavesTheDatabaseOfAnotherProgramAlone) {
  sqlite::Connection(path()).execute("CREATE TABLE stack (id VARCHAR(36), tenant VARCHAR(256))");
  try {
    SqliteStore store({path(), kKey});
    FAIL() << "it was taken over";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("another program"), std::string::npos) << error.message();
  }
  sqlite::Connection connection(path());
  auto tables = connection.run("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'");
  ASSERT_TRUE(tables.next());
  EXPECT_EQ(tables.integer(), 1);
}

TEST_F(SqliteStoreTest, SaysWhyItCantOpen) {
  try {
    SqliteStore({"/nowhere/heat.sqlite", kKey});
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("folder"), std::string::npos) << error.message();
  }
}

Task<> insert_one(Store& store, StackRow row, int& done, int& taken) {
  const CommitResult result = co_await store.commit(Changes().insert(std::move(row)));
  ++(result == CommitResult::Done ? done : taken);
}

Task<> insert_all(Loop& loop, Store& store, std::string thread, int count, int& done, int& taken) {
  TaskGroup group(loop);
  for (int i = 0; i < count; ++i)
    group.spawn(insert_one(store, a_stack(thread + std::to_string(i), "n" + std::to_string(i)),
                           done, taken));
  co_await group.join();
}

// Threads race for the same names: each is given once, and the losers of a batch fail alone.
TEST_F(SqliteStoreTest, GivesEachNameOnce) {
  constexpr int kNames = 200;
  WaitingLoop loops[3];
  SqliteStore file = open();
  int done[3] = {}, taken[3] = {};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&, i] {
      WaitingLoop& loop = loops[i];
      const std::unique_ptr<Store> store = file.for_loop(loop);
      const std::string name(1, static_cast<char>('a' + i));
      loop.run(insert_all(loop, *store, name, kNames, done[i], taken[i]));
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done[0] + done[1] + done[2], kNames);
  EXPECT_EQ(taken[0] + taken[1] + taken[2], 2 * kNames);
  EXPECT_EQ(wait_for(loop_, file.for_loop(loop_)->count_stacks({})), kNames);
}

// The owner numbers from the tree's next_sequence, in the transaction that stores the event.
Task<> write_events(Store& store, int count, bool& all_done) {
  TreeRow tree = (co_await store.tree("r")).value();
  for (int i = 0; i < count; ++i) {
    EventRow event;
    event.id = "e" + std::to_string(tree.next_sequence);
    event.stack_id = event.root_id = "r";
    event.sequence = tree.next_sequence++;
    Changes changes;
    changes.ownership = {"r", tree.epoch};
    changes.insert(event).update(tree);
    all_done = all_done && co_await store.commit(std::move(changes)) == CommitResult::Done;
  }
}

TEST_F(SqliteStoreTest, NumbersEventsWithoutGaps) {
  for (const int round : {0, 1}) {
    SqliteStore file = open();
    const std::unique_ptr<Store> store = file.for_loop(loop_);
    if (round == 0)
      ASSERT_EQ(wait_for(loop_, store->commit(Changes().insert(TreeRow{"r", "w", 1, 1, 1}))),
                CommitResult::Done);
    bool all_done = true;
    loop_.run(write_events(*store, 20, all_done));
    EXPECT_TRUE(all_done);
    const std::vector<EventRow> events = wait_for(loop_, store->events("r"));
    ASSERT_EQ(events.size(), 20u * (round + 1));
    for (std::size_t i = 0; i < events.size(); ++i)
      EXPECT_EQ(events[i].sequence, static_cast<std::int64_t>(i + 1));
  }
}

/// Commits stacks one after the other and tells each acknowledged number to `pipe`.
Task<> commit_for_ever(Store& store, int pipe) {
  for (std::int32_t i = 0;; ++i) {
    const std::string id = std::to_string(i);
    co_await store.commit(Changes().insert(a_stack(id, id)));
    if (write(pipe, &i, sizeof i) != sizeof i) _exit(1);
  }
}

TEST_F(SqliteStoreTest, LosesNothingAcknowledgedWhenKilled) {
  {
    open();
  }
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    close(ends[0]);
    WaitingLoop loop;
    SqliteStore file = open();
    loop.run(commit_for_ever(*file.for_loop(loop), ends[1]));
    _exit(0);
  }
  close(ends[1]);
  std::int32_t last = -1, number = 0;
  while (read(ends[0], &number, sizeof number) == sizeof number) {
    last = number;
    if (number == 50) kill(child, SIGKILL);
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  ASSERT_GE(last, 50);
  SqliteStore file = open();
  const std::int64_t kept = wait_for(loop_, file.for_loop(loop_)->count_stacks({}));
  EXPECT_GE(kept, last + 1);
  EXPECT_LE(kept, last + 2);
}

}  // namespace
}  // namespace heat
