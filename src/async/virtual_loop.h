#pragma once

#include <deque>
#include <functional>
#include <map>

#include "async/loop.h"
#include "async/sync_wait.h"

namespace heat {

/// The loop of tests and simulations: one thread, and a clock that stands still while there is work
/// and then jumps to the next timer. The same program runs the same way every time.
class VirtualLoop final : public Loop {
 public:
  /// The clock starts at 2026-01-01T00:00:00Z unless told.
  VirtualLoop();
  explicit VirtualLoop(Time start) : now_(start) {}

  Time now() const override { return now_; }
  void post(std::function<void()> work) override;  ///< from the loop's own thread only
  TimerId call_after(Duration delay, std::function<void()> work) override;
  void cancel_timer(TimerId timer) override;
  bool dropped() const noexcept override { return dropped_; }

  /// Does the next piece of work, jumping to its time. False where there is none.
  bool step();
  /// Runs until there is neither work nor a timer.
  void run();
  /// Runs until `done` holds (asked before each step). False where work ran out before.
  bool run_until(const std::function<bool()>& done);
  /// Runs what falls due within `span`, and leaves the clock at its end.
  void run_for(Duration span);

  /// A crash: forgets all work and timers, and runs nothing again. Now the tasks that waited can be
  /// destroyed.
  void drop();

 private:
  Time now_;
  std::deque<std::function<void()>> work_;
  using Due = std::pair<Time, TimerId>;  // equal times fire in the order they were set
  std::map<Due, std::function<void()>> timers_;
  std::map<TimerId, Time> due_;
  TimerId next_timer_ = 1;
  bool dropped_ = false;
};

}  // namespace heat
