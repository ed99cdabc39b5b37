#pragma once

#include <exception>
#include <functional>
#include <memory>

#include "async/loop.h"

namespace heat {

/// What a cancelled wait throws. Not an Error: nothing failed.
struct Cancelled : std::exception {
  const char* what() const noexcept override { return "cancelled"; }
};

/// Asks work to stop at its next wait. Copies share one state. Cancellation never interrupts an
/// effect (a request that changes something runs to its end); it takes hold at sleeps and reads.
/// One loop, one thread.
class Cancel {
 public:
  Cancel();
  /// A child is cancelled with its parent, and may be cancelled alone.
  Cancel child() const;

  void request() const;
  bool requested() const noexcept;
  void throw_if_requested() const;

  /// Calls `back` once when cancellation is requested (at once where it was). The registration
  /// ends when the returned object does.
  using Registration = std::shared_ptr<void>;
  [[nodiscard]] Registration on_request(std::function<void()> back) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Sleeps; throws Cancelled when `cancel` is requested before.
Task<> sleep_for(Loop& loop, Duration delay, Cancel cancel);
Task<> sleep_until(Loop& loop, Time deadline, Cancel cancel);

}  // namespace heat
