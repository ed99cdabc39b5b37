#include "async/virtual_loop.h"

namespace heat {

VirtualLoop::VirtualLoop() : now_(std::chrono::sys_days(std::chrono::January / 1 / 2026)) {}

void VirtualLoop::post(std::function<void()> work) {
  if (!dropped_) work_.push_back(std::move(work));
}

Loop::TimerId VirtualLoop::call_after(Duration delay, std::function<void()> work) {
  const auto timer = next_timer_++;
  if (dropped_) return timer;
  const auto when = now_ + std::max(delay, Duration(0));
  timers_.emplace(Due(when, timer), std::move(work));
  due_.emplace(timer, when);
  return timer;
}

void VirtualLoop::cancel_timer(TimerId timer) {
  const auto found = due_.find(timer);
  if (found == due_.end()) return;
  timers_.erase(Due(found->second, timer));
  due_.erase(found);
}

bool VirtualLoop::step() {
  std::function<void()> work;
  if (!work_.empty()) {
    work = std::move(work_.front());
    work_.pop_front();
  } else if (!timers_.empty()) {
    auto first = timers_.extract(timers_.begin());
    now_ = first.key().first;
    due_.erase(first.key().second);
    work = std::move(first.mapped());
  } else {
    return false;
  }
  work();
  return true;
}

void VirtualLoop::run() {
  while (step()) {
  }
}

bool VirtualLoop::run_until(const std::function<bool()>& done) {
  while (!done()) {
    if (!step()) return false;
  }
  return true;
}

void VirtualLoop::run_for(Duration span) {
  const auto end = now_ + span;
  while (!work_.empty() || (!timers_.empty() && timers_.begin()->first.first <= end)) step();
  if (!dropped_) now_ = end;
}

void VirtualLoop::drop() {
  dropped_ = true;
  // What is forgotten may hold the last reference to objects that post or cancel as they go.
  const auto work = std::exchange(work_, {});
  const auto timers = std::exchange(timers_, {});
  due_.clear();
}

}  // namespace heat
