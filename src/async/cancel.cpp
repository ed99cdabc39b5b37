#include "async/cancel.h"

#include <cstdint>
#include <map>

#include "async/wait.h"

namespace heat {

struct Cancel::State {
  bool requested = false;
  std::uint64_t next = 0;
  std::map<std::uint64_t, std::function<void()>> backs;  // in the order of registration
  Registration from_parent;
};

Cancel::Cancel() : state_(std::make_shared<State>()) {}

Cancel Cancel::child() const {
  Cancel child;
  std::weak_ptr<State> weak = child.state_;
  child.state_->from_parent = on_request([weak] {
    if (auto state = weak.lock()) {
      Cancel reached;
      reached.state_ = std::move(state);
      reached.request();
    }
  });
  return child;
}

void Cancel::request() const {
  const auto state = state_;  // a call back may drop the last other copy
  state->requested = true;
  while (!state->backs.empty()) {
    auto first = state->backs.extract(state->backs.begin());
    first.mapped()();
  }
}

bool Cancel::requested() const noexcept { return state_->requested; }

void Cancel::throw_if_requested() const {
  if (requested()) throw Cancelled();
}

Cancel::Registration Cancel::on_request(std::function<void()> back) const {
  if (requested()) {
    back();
    return nullptr;
  }
  const auto number = state_->next++;
  state_->backs.emplace(number, std::move(back));
  std::weak_ptr<State> weak = state_;
  return Registration(nullptr, [weak, number](void*) {
    if (const auto state = weak.lock()) state->backs.erase(number);
  });
}

Task<> sleep_for(Loop& loop, Duration delay, Cancel cancel) {
  return sleep_until(loop, loop.now() + delay, std::move(cancel));
}

Task<> sleep_until(Loop& loop, Time deadline, Cancel cancel) {
  if (co_await Wait(loop, deadline, cancel) == Wait::End::Cancelled) throw Cancelled();
}

}  // namespace heat
