#include "store/sqlite_store.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "base/memory.h"
#include "store/batch.h"

namespace heat {

namespace {

constexpr std::chrono::seconds kQuiet{2};  // without work: there is time to tidy up

/// Work waiting for a thread. Closed, it gives what is left and then nothing.
template <class T>
class Queue {
 public:
  void push(T item) {
    {
      const std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
    }
    arrived_.notify_one();
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    arrived_.notify_one();
  }

  /// Everything that waits; while nothing `hurries`, more is awaited for up to `gather`. Nothing
  /// when closed.
  template <class Hurries>
  std::deque<T> take_all(Duration gather, Hurries hurries) {
    std::unique_lock lock(mutex_);
    const auto arrived = [&] { return closed_ || !items_.empty(); };
    if (!arrived_.wait_for(lock, kQuiet, arrived)) {
      lock.unlock();
      give_memory_back();  // nobody else can give back this thread's
      lock.lock();
      arrived_.wait(lock, arrived);
    }
    const auto until = std::chrono::steady_clock::now() + gather;
    arrived_.wait_until(
        lock, until, [&] { return closed_ || std::any_of(items_.begin(), items_.end(), hurries); });
    return std::exchange(items_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace

class SqliteStore::Threads final : public Executor {
 public:
  explicit Threads(const Options& options)
      : gather_(options.gather), writing_(options.path, options.encryption_keys) {
    writing_.prepare();
    reading_.emplace(options.path, options.encryption_keys);
    writer_ = std::thread([this] { run_writer(); });
    reader_ = std::thread([this] { run_reader(); });
  }
  ~Threads() override {
    writes_.close();
    reads_.close();
    writer_.join();
    reader_.join();
  }

  void write(Write write) override { writes_.push(std::move(write)); }
  void read(std::function<void(Database&)> work) override { reads_.push(std::move(work)); }

 private:
  void run_writer() {
    const auto hurries = [](const Write& write) { return !write.relaxed; };
    for (auto batch = writes_.take_all(gather_, hurries); !batch.empty();
         batch = writes_.take_all(gather_, hurries)) {
      const std::vector<Outcome> outcomes = carry_out(writing_, batch);
      for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i].done(outcomes[i].result, outcomes[i].problem);
    }
  }

  void run_reader() {
    const auto always = [](const auto&) { return true; };
    for (auto batch = reads_.take_all({}, always); !batch.empty();
         batch = reads_.take_all({}, always))
      for (const auto& work : batch) work(*reading_);
  }

  const Duration gather_;
  Database writing_;
  std::optional<Database> reading_;
  Queue<Write> writes_;
  Queue<std::function<void(Database&)>> reads_;
  std::thread writer_, reader_;
};

SqliteStore::SqliteStore(const Options& options) : threads_(std::make_unique<Threads>(options)) {}
SqliteStore::~SqliteStore() = default;

std::unique_ptr<Store> SqliteStore::for_loop(Loop& loop) { return make_store(*threads_, loop); }

}  // namespace heat
