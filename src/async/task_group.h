#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "async/cancel.h"
#include "async/loop.h"
#include "async/task.h"

namespace heat {

class Wait;

/// Runs tasks side by side on one loop and joins them: no task is ever left behind. Tasks may spawn
/// further ones. Destroying a group with tasks still running is a bug and ends the process, except
/// after a simulated crash (Loop::dropped): then they are destroyed where they stand.
/// Declare a group after everything its tasks use.
class TaskGroup {
 public:
  explicit TaskGroup(Loop& loop);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts `task` at the loop's next turn, with the log scopes of now. Its exception is kept for
  /// join().
  void spawn(Task<> task);
  std::size_t running() const noexcept;
  /// Completes when no task is running; then rethrows the first exception any of them threw.
  Task<> join();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One task waits, another wakes it: a condition without a lock (one loop, one thread).
class Signal {
 public:
  explicit Signal(Loop& loop) : loop_(loop) {}
  /// Wakes all that wait now, at the loop's next turn.
  void notify();
  /// Completes at the next notify(). Check your condition in a loop around it.
  Task<> wait();
  /// As wait(); throws Cancelled when `cancel` is requested before.
  Task<> wait(Cancel cancel);
  /// As wait(cancel); false where `deadline` came first.
  Task<bool> wait_until(Time deadline, Cancel cancel);

 private:
  Loop& loop_;
  std::vector<Wait*> waiting_;
};

}  // namespace heat
