#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "async/loop.h"
#include "async/sync_wait.h"

namespace boost::asio {
class io_context;
}

namespace heat {

/// The real loop: an Asio io_context that one thread runs.
class AsioLoop final : public Loop {
 public:
  AsioLoop();
  ~AsioLoop() override;
  AsioLoop(const AsioLoop&) = delete;
  AsioLoop& operator=(const AsioLoop&) = delete;

  Time now() const override;
  void post(std::function<void()> work) override;
  TimerId call_after(Duration delay, std::function<void()> work) override;
  void cancel_timer(TimerId timer) override;

  /// Runs on this thread until stop().
  void run();
  /// Ends run() after the piece of work that runs now. From any thread.
  void stop();
  /// Runs on this thread until `done` holds (asked after each piece of work). False where stop()
  /// came before.
  bool run_until(const std::function<bool()>& done);

  /// Calls `back` on the loop each time one of `signals` arrives, in place of the signal's usual
  /// effect. At most once a loop.
  void on_signals(const std::vector<int>& signals, std::function<void(int)> back);

  /// For the sources of this folder.
  boost::asio::io_context& context();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heat
