#include "async/semaphore.h"

#include "async/wait.h"

namespace heat {

Task<Semaphore::Permit> Semaphore::acquire() { return take({}); }

Task<Semaphore::Permit> Semaphore::acquire(Cancel cancel) { return take(std::move(cancel)); }

Task<Semaphore::Permit> Semaphore::take(std::optional<Cancel> cancel) {
  if (cancel) cancel->throw_if_requested();
  if (in_use_ < limit_ && waiting_.empty()) {
    ++in_use_;
  } else {
    Wait wait(loop_, {}, std::move(cancel));
    waiting_.push_back(&wait);
    if (co_await wait != Wait::End::Woken) {
      std::erase(waiting_, &wait);
      throw Cancelled();
    }
  }
  co_return Permit(this);
}

void Semaphore::set_limit(std::size_t limit) {
  limit_ = limit;
  hand_out();
}

void Semaphore::release() {
  --in_use_;
  if (!loop_.dropped()) hand_out();  // after a crash who waited may be gone
}

void Semaphore::hand_out() {
  while (in_use_ < limit_ && !waiting_.empty()) {
    auto* first = waiting_.front();
    waiting_.pop_front();
    // A place is counted before its owner runs again, so that nobody overtakes.
    if (first->wake()) ++in_use_;
  }
}

}  // namespace heat
