#include "async/wait.h"

#include <algorithm>

namespace heat {

Wait::Wait(Loop& loop, std::optional<Time> deadline, std::optional<Cancel> cancel)
    : loop_(loop), deadline_(deadline), cancel_(std::move(cancel)) {}

Wait::~Wait() {
  if (timer_) loop_.cancel_timer(*timer_);
}

bool Wait::await_ready() {
  if (!end_ && cancel_ && cancel_->requested()) end_ = End::Cancelled;
  return end_.has_value();
}

void Wait::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  if (deadline_) {
    const auto delay = std::max(Duration(0), *deadline_ - loop_.now());
    timer_ = loop_.call_after(delay, [this] {
      timer_.reset();
      finish(End::Deadline);
    });
  }
  if (cancel_) registration_ = cancel_->on_request([this] { finish(End::Cancelled); });
}

Wait::End Wait::await_resume() {
  registration_.reset();
  return *end_;
}

bool Wait::finish(End end) {
  if (end_) return false;
  end_ = end;
  if (timer_) loop_.cancel_timer(*timer_);
  timer_.reset();
  if (waiting_) loop_.post([waiting = waiting_] { waiting.resume(); });
  return true;
}

}  // namespace heat
