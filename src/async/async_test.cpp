#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "async/semaphore.h"
#include "async/task_group.h"
#include "async/virtual_loop.h"
#include "base/log_scope.h"

namespace heat {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

Task<int> answer(int n) { co_return n; }
Task<int> failing() {
  throw std::runtime_error("broken");
  co_return 0;
}
Task<> append(std::string& log, std::string what) {
  log += what;
  co_return;
}

TEST(Task, GivesItsResultOrThrows) {
  VirtualLoop loop;
  EXPECT_EQ(sync_wait(loop, answer(7)), 7);
  EXPECT_THROW(sync_wait(loop, failing()), std::runtime_error);
}

Task<int> depth(int n) {
  if (n == 0) co_return 0;
  co_return co_await depth(n - 1) + 1;
}

TEST(Task, ManyNestedAwaitsDoNotGrowTheStack) {
  VirtualLoop loop;
  EXPECT_EQ(sync_wait(loop, depth(100'000)), 100'000);
}

Task<int> count(int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i) sum += co_await answer(1);
  co_return sum;
}

TEST(Task, ManyAwaitsInARowDoNotGrowTheStack) {
  VirtualLoop loop;
  EXPECT_EQ(sync_wait(loop, count(1'000'000)), 1'000'000);
}

Task<> fail_deep(int n) {
  if (n == 0) throw std::runtime_error("deep");
  co_await fail_deep(n - 1);
}

TEST(Task, AnExceptionPassesThroughManyFrames) {
  VirtualLoop loop;
  EXPECT_THROW(sync_wait(loop, fail_deep(10'000)), std::runtime_error);
}

Task<> sleep_and_append(Loop& loop, Duration delay, std::string& log, std::string what) {
  co_await sleep_for(loop, delay, Cancel());
  log += what;
}

TEST(VirtualLoop, JumpsFromTimerToTimer) {
  VirtualLoop loop;
  const auto start = loop.now();
  std::string log;
  TaskGroup group(loop);
  group.spawn(sleep_and_append(loop, hours(2), log, "c"));
  group.spawn(sleep_and_append(loop, seconds(1), log, "a"));
  group.spawn(sleep_and_append(loop, seconds(1), log, "b"));
  sync_wait(loop, group.join());
  EXPECT_EQ(log, "abc");
  EXPECT_EQ(loop.now() - start, hours(2));
}

TEST(VirtualLoop, RunsForASpanAndLeavesTheRest) {
  VirtualLoop loop;
  const auto start = loop.now();
  std::string log;
  loop.call_after(seconds(1), [&] { log += "a"; });
  const auto never = loop.call_after(seconds(2), [&] { log += "x"; });
  loop.call_after(seconds(3), [&] { log += "b"; });
  loop.cancel_timer(never);
  loop.run_for(seconds(2));
  EXPECT_EQ(log, "a");
  EXPECT_EQ(loop.now() - start, seconds(2));
  loop.run();
  EXPECT_EQ(log, "ab");
}

Task<> spawn_more(TaskGroup& group, int left, int& ran) {
  ++ran;
  for (int i = 0; i < 2 && left > 0; ++i) group.spawn(spawn_more(group, left - 1, ran));
  co_return;
}

TEST(TaskGroup, JoinsTasksThatTasksSpawned) {
  VirtualLoop loop;
  TaskGroup group(loop);
  int ran = 0;
  group.spawn(spawn_more(group, 9, ran));
  sync_wait(loop, group.join());
  EXPECT_EQ(ran, (1 << 10) - 1);
  EXPECT_EQ(group.running(), 0u);
}

Task<> fail_after(Loop& loop, Duration delay, std::string message) {
  co_await sleep_for(loop, delay, Cancel());
  throw std::runtime_error(message);
}

TEST(TaskGroup, LetsTheOthersEndBeforeItRethrowsTheFirstException) {
  VirtualLoop loop;
  TaskGroup group(loop);
  std::string log;
  group.spawn(fail_after(loop, seconds(2), "second"));
  group.spawn(fail_after(loop, seconds(1), "first"));
  group.spawn(sleep_and_append(loop, seconds(3), log, "done"));
  try {
    sync_wait(loop, group.join());
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& problem) {
    EXPECT_STREQ(problem.what(), "first");
  }
  EXPECT_EQ(log, "done");
  sync_wait(loop, group.join());  // reported once
}

TEST(TaskGroup, DestroyedWhileRunningIsABug) {
  EXPECT_DEATH(
      {
        VirtualLoop loop;
        TaskGroup group(loop);
        group.spawn(fail_after(loop, seconds(1), ""));
      },
      "still running");
}

struct Flag {
  bool& gone;
  ~Flag() { gone = true; }
};
Task<> hold(Loop& loop, bool& gone) {
  Flag flag{gone};
  TaskGroup inner(loop);
  inner.spawn(fail_after(loop, hours(1), "never"));
  co_await inner.join();
}

TEST(TaskGroup, AfterACrashWhatWaitedIsDestroyed) {
  bool gone = false;
  VirtualLoop loop;
  {
    TaskGroup group(loop);
    group.spawn(hold(loop, gone));
    loop.run_for(seconds(1));
    loop.drop();
    EXPECT_FALSE(gone);
  }
  EXPECT_TRUE(gone);
  EXPECT_FALSE(loop.step());
}

Task<> use(Semaphore& semaphore, Loop& loop, Duration span, std::string& log, std::string what) {
  auto permit = co_await semaphore.acquire();
  log += what;
  co_await sleep_for(loop, span, Cancel());
}

TEST(Semaphore, AfterACrashNobodyIsServed) {
  VirtualLoop loop;
  Semaphore semaphore(loop, 1);
  std::string log;
  // The one that waits is destroyed before the one that has the permit.
  TaskGroup has(loop);
  has.spawn(use(semaphore, loop, hours(1), log, "has"));
  {
    TaskGroup waits(loop);
    waits.spawn(use(semaphore, loop, hours(1), log, "waits"));
    loop.run_for(seconds(1));
    loop.drop();
  }
  EXPECT_EQ(log, "has");
}

Task<> cancelled_sleep(Loop& loop, Cancel cancel, std::string& log) {
  try {
    co_await sleep_for(loop, hours(1), cancel);
    log += "slept";
  } catch (const Cancelled&) {
    log += "cancelled";
  }
}

TEST(Cancel, EndsASleep) {
  VirtualLoop loop;
  const auto start = loop.now();
  std::string log;
  Cancel cancel;
  TaskGroup group(loop);
  group.spawn(cancelled_sleep(loop, cancel.child(), log));
  loop.call_after(seconds(5), [&] { cancel.request(); });
  sync_wait(loop, group.join());
  // The child that the task held is reached even though nobody else kept it.
  EXPECT_EQ(log, "cancelled");
  EXPECT_EQ(loop.now() - start, seconds(5));
  sync_wait(loop, cancelled_sleep(loop, cancel, log));
  EXPECT_EQ(log, "cancelledcancelled");
  EXPECT_EQ(loop.now() - start, seconds(5));
}

TEST(Cancel, AChildAloneLeavesItsParent) {
  Cancel parent;
  Cancel child = parent.child();
  child.request();
  EXPECT_TRUE(child.requested());
  EXPECT_FALSE(parent.requested());
  EXPECT_THROW(child.throw_if_requested(), Cancelled);
  parent.request();
  EXPECT_TRUE(parent.child().requested());
}

TEST(Cancel, ARegistrationEndsWithItsObject) {
  Cancel cancel;
  std::string log;
  auto kept = cancel.on_request([&] { log += "kept"; });
  auto ended = cancel.on_request([&] { log += "ended"; });
  ended.reset();
  cancel.request();
  cancel.request();
  EXPECT_EQ(log, "kept");
  auto late = cancel.on_request([&] { log += " late"; });
  EXPECT_EQ(log, "kept late");
}

TEST(Cancel, ACallBackMayEndAnotherRegistration) {
  Cancel cancel;
  Cancel::Registration second;
  std::string log;
  auto first = cancel.on_request([&] { second.reset(); });
  second = cancel.on_request([&] { log += "second"; });
  cancel.request();
  EXPECT_EQ(log, "");
}

Task<> wait_and_append(Signal& signal, std::string& log, std::string what) {
  co_await signal.wait();
  log += what;
}

TEST(Signal, WakesAllThatWaitNow) {
  VirtualLoop loop;
  Signal signal(loop);
  std::string log;
  TaskGroup group(loop);
  signal.notify();  // nobody waits: nothing is remembered
  group.spawn(wait_and_append(signal, log, "a"));
  group.spawn(wait_and_append(signal, log, "b"));
  loop.run();
  EXPECT_EQ(log, "");
  signal.notify();
  sync_wait(loop, group.join());
  EXPECT_EQ(log, "ab");
}

TEST(Signal, AWaitEndsAtItsDeadlineOrWhenCancelled) {
  VirtualLoop loop;
  Signal signal(loop);
  EXPECT_FALSE(sync_wait(loop, signal.wait_until(loop.now() + seconds(1), Cancel())));
  loop.call_after(seconds(1), [&] { signal.notify(); });
  EXPECT_TRUE(sync_wait(loop, signal.wait_until(loop.now() + seconds(2), Cancel())));
  Cancel cancel;
  loop.call_after(seconds(1), [&] { cancel.request(); });
  EXPECT_THROW(sync_wait(loop, signal.wait(cancel)), Cancelled);
  signal.notify();  // nothing of the ended waits is left behind
  loop.run();
}

TEST(Semaphore, ServesInTheOrderOfAskingWithinTheLimit) {
  VirtualLoop loop;
  const auto start = loop.now();
  Semaphore semaphore(loop, 2);
  std::string log;
  TaskGroup group(loop);
  for (const auto* name : {"a", "b", "c", "d", "e"}) {
    group.spawn(use(semaphore, loop, seconds(1), log, name));
  }
  loop.run_for(Duration(0));
  EXPECT_EQ(log, "ab");
  EXPECT_EQ(semaphore.waiting(), 3u);
  sync_wait(loop, group.join());
  EXPECT_EQ(log, "abcde");
  EXPECT_EQ(loop.now() - start, seconds(3));
  EXPECT_EQ(semaphore.in_use(), 0u);
}

TEST(Semaphore, ALowerLimitTakesEffectAsPermitsComeBack) {
  VirtualLoop loop;
  const auto start = loop.now();
  Semaphore semaphore(loop, 4);
  std::string log;
  TaskGroup group(loop);
  for (int i = 0; i < 6; ++i) group.spawn(use(semaphore, loop, seconds(1), log, "x"));
  loop.run_for(Duration(0));
  semaphore.set_limit(1);
  EXPECT_EQ(semaphore.in_use(), 4u);
  sync_wait(loop, group.join());
  EXPECT_EQ(loop.now() - start, seconds(3));
}

Task<> give_up(Semaphore& semaphore, Cancel cancel, std::string& log) {
  try {
    co_await semaphore.acquire(cancel);
  } catch (const Cancelled&) {
    log += "gave up ";
  }
}

TEST(Semaphore, WhoGivesUpLosesNoPlace) {
  VirtualLoop loop;
  Semaphore semaphore(loop, 1);
  Cancel cancel;
  std::string log;
  TaskGroup group(loop);
  group.spawn(use(semaphore, loop, seconds(10), log, "first "));
  group.spawn(give_up(semaphore, cancel, log));
  group.spawn(use(semaphore, loop, seconds(1), log, "last"));
  loop.call_after(seconds(1), [&] { cancel.request(); });
  sync_wait(loop, group.join());
  EXPECT_EQ(log, "first gave up last");
  EXPECT_EQ(semaphore.in_use(), 0u);
}

TEST(Task, ATaskThatIsNeverAwaitedNeverRuns) {
  std::string log;
  {
    const auto unused = append(log, "ran");
  }
  EXPECT_EQ(log, "");
}

/// The fields of the scopes around who asks, innermost first.
std::string scopes() {
  std::string text;
  for (const log::Common* scope = log::context.get(); scope != nullptr; scope = scope->outer.get())
    for (const auto& [key, value] : scope->fields) text += key + "=" + value + " ";
  return text;
}

Task<> see(Loop& loop, std::vector<std::string>& seen) {
  seen.push_back(scopes());
  co_await sleep_for(loop, seconds(1), Cancel());
  seen.push_back(scopes());
}

Task<> work(Loop& loop, std::string stack, std::vector<std::string>& seen) {
  const log::Scope scope({{"stack", stack}});
  TaskGroup group(loop);
  {
    const log::Scope inner({{"resource", "r"}});
    group.spawn(see(loop, seen));
    co_await see(loop, seen);
  }
  co_await group.join();
  seen.push_back(scopes());
}

TEST(LogScope, BelongsToTheTaskAndWhatItStarts) {
  VirtualLoop loop;
  std::vector<std::string> one, other;
  std::vector<std::string> between;
  TaskGroup group(loop);
  group.spawn(work(loop, "s1", one));
  group.spawn(work(loop, "s2", other));
  while (loop.step()) between.push_back(scopes());
  const auto inside = [](const std::string& stack) {
    const std::string both = "resource=r stack=" + stack + " ";
    return std::vector<std::string>{both, both, both, both, "stack=" + stack + " "};
  };
  EXPECT_EQ(one, inside("s1"));
  EXPECT_EQ(other, inside("s2"));
  for (const std::string& scope : between) EXPECT_EQ(scope, "");
}

}  // namespace
}  // namespace heat
