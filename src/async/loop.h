#pragma once

#include <cstdint>
#include <functional>

#include "async/task.h"
#include "base/time.h"

namespace heat {

/// Port: the event loop of one thread, and its time. Asio drives the real one (net/asio_loop.h);
/// VirtualLoop jumps from timer to timer, so that a simulated hour takes a moment.
class Loop {
 public:
  using TimerId = std::uint64_t;
  virtual ~Loop() = default;

  virtual Time now() const = 0;
  /// Runs `work` on the loop's thread, later, in the order posted. From any thread.
  virtual void post(std::function<void()> work) = 0;
  /// Runs `work` once `delay` has passed. Loop thread only.
  virtual TimerId call_after(Duration delay, std::function<void()> work) = 0;
  /// The timer will not fire; nothing where it has. Loop thread only.
  virtual void cancel_timer(TimerId timer) = 0;
  /// True once nothing will run here again (a simulated crash): tasks that still wait for this
  /// loop may then be destroyed with the groups that own them.
  virtual bool dropped() const noexcept { return false; }
};

}  // namespace heat
