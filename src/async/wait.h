#pragma once

#include <coroutine>
#include <optional>

#include "async/cancel.h"
#include "async/loop.h"

namespace heat {

/// One suspension of the coroutine that awaits it, ended by whichever comes first: wake(), the
/// deadline, or cancellation. What Signal, Semaphore and the sleeps are made of.
class Wait {
 public:
  enum class End { Woken, Deadline, Cancelled };

  Wait(Loop& loop, std::optional<Time> deadline, std::optional<Cancel> cancel);
  ~Wait();
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;

  /// Resumes the coroutine at the loop's next turn. False where something else ended the wait.
  bool wake() { return finish(End::Woken); }

  bool await_ready();
  void await_suspend(std::coroutine_handle<> waiting);
  End await_resume();

 private:
  bool finish(End end);

  Loop& loop_;
  std::optional<Time> deadline_;
  std::optional<Cancel> cancel_;
  std::coroutine_handle<> waiting_;
  std::optional<Loop::TimerId> timer_;
  Cancel::Registration registration_;
  std::optional<End> end_;
};

}  // namespace heat
