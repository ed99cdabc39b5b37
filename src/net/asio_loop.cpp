#include "net/asio_loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <unordered_map>

namespace heat {

namespace asio = boost::asio;

namespace {
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;
}  // namespace

struct AsioLoop::State {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> busy{context.get_executor()};
  std::unordered_map<TimerId, Timer> timers;
  TimerId next_timer = 1;
  std::optional<asio::signal_set> signals;

  void wait_for_signal(std::function<void(int)> back) {
    signals->async_wait([this, back](boost::system::error_code problem, int signal) {
      if (problem) return;
      wait_for_signal(back);
      back(signal);
    });
  }
};

AsioLoop::AsioLoop() : state_(std::make_unique<State>()) {}

AsioLoop::~AsioLoop() = default;

Time AsioLoop::now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

void AsioLoop::post(std::function<void()> work) { asio::post(state_->context, std::move(work)); }

Loop::TimerId AsioLoop::call_after(Duration delay, std::function<void()> work) {
  const auto id = state_->next_timer++;
  auto& timer = state_->timers.try_emplace(id, state_->context, delay).first->second;
  timer.async_wait([state = state_.get(), id, work = std::move(work)](auto) {
    // A timer that was cancelled after it fired is no longer in the table.
    if (state->timers.erase(id) > 0) work();
  });
  return id;
}

void AsioLoop::cancel_timer(TimerId timer) { state_->timers.erase(timer); }

void AsioLoop::run() {
  state_->context.restart();
  state_->context.run();
}

void AsioLoop::stop() { state_->context.stop(); }

bool AsioLoop::run_until(const std::function<bool()>& done) {
  state_->context.restart();
  while (!done()) {
    if (state_->context.run_one() == 0) return false;
  }
  return true;
}

void AsioLoop::on_signals(const std::vector<int>& signals, std::function<void(int)> back) {
  check(!state_->signals, "signals of one loop are set twice");
  state_->signals.emplace(state_->context);
  for (const int signal : signals) state_->signals->add(signal);
  state_->wait_for_signal(std::move(back));
}

asio::io_context& AsioLoop::context() { return state_->context; }

}  // namespace heat
