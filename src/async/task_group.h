#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <memory>
#include <vector>

#include "async/loop.h"
#include "async/task.h"

namespace heat {

/// Runs tasks side by side on one loop and joins them: no task is ever left behind. Tasks may spawn
/// further ones. Destroying a group with tasks still running is a bug and ends the process.
class TaskGroup {
 public:
  explicit TaskGroup(Loop& loop);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts `task` at the loop's next turn. Its exception is kept for join().
  void spawn(Task<> task);
  std::size_t running() const noexcept;
  /// Completes when no task is running; then rethrows the first exception any of them threw.
  Task<> join();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// One task waits, another wakes it: a condition without a lock (one loop, one thread).
class Signal {
 public:
  explicit Signal(Loop& loop) : loop_(loop) {}
  /// Wakes all that wait now, at the loop's next turn.
  void notify();
  /// Completes at the next notify(). Check your condition in a loop around it.
  Task<> wait();

 private:
  Loop& loop_;
  std::vector<std::coroutine_handle<>> waiting_;
};

}  // namespace heat
