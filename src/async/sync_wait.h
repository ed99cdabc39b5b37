#pragma once

#include <exception>
#include <future>
#include <type_traits>

#include "async/task_group.h"

namespace heat {

namespace detail {
template <class T>
Task<> settle(Task<T> task, std::promise<T>& outcome) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(task);
      outcome.set_value();
    } else {
      outcome.set_value(co_await std::move(task));
    }
  } catch (...) {
    outcome.set_exception(std::current_exception());
  }
}
}  // namespace detail

/// Runs `loop` (VirtualLoop or AsioLoop) until `task` is done; gives its result or throws what it
/// threw. For tests and for programs that do one thing. Where nothing is left on a VirtualLoop that
/// could wake the task, the process ends.
template <class DrivenLoop, class T>
T sync_wait(DrivenLoop& loop, Task<T> task) {
  std::promise<T> outcome;
  TaskGroup group(loop);
  group.spawn(detail::settle(std::move(task), outcome));
  check(loop.run_until([&] { return group.running() == 0; }),
        "the task waits, and nothing is left that could wake it");
  return outcome.get_future().get();
}

}  // namespace heat
