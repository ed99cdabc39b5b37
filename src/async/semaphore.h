#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "async/cancel.h"
#include "async/loop.h"
#include "async/task.h"

namespace heat {

class Wait;

/// At most `limit` permits are out at once; who waits is served in the order of asking. The limit
/// may change at any time: lowering it takes effect as permits come back.
class Semaphore {
 public:
  /// Gives its place back when it goes. The semaphore must outlive it.
  class Permit {
   public:
    Permit() = default;
    Permit(Permit&& other) noexcept : from_(std::exchange(other.from_, nullptr)) {}
    Permit& operator=(Permit&& other) noexcept {
      std::swap(from_, other.from_);
      return *this;
    }
    ~Permit() {
      if (from_) from_->release();
    }

   private:
    friend Semaphore;
    explicit Permit(Semaphore* from) : from_(from) {}
    Semaphore* from_ = nullptr;
  };

  Semaphore(Loop& loop, std::size_t limit) : loop_(loop), limit_(limit) {}

  Task<Permit> acquire();
  /// Throws Cancelled when `cancel` is requested before there is a place.
  Task<Permit> acquire(Cancel cancel);

  std::size_t limit() const noexcept { return limit_; }
  void set_limit(std::size_t limit);
  std::size_t in_use() const noexcept { return in_use_; }
  std::size_t waiting() const noexcept { return waiting_.size(); }

 private:
  Task<Permit> take(std::optional<Cancel> cancel);
  void release();
  void hand_out();

  Loop& loop_;
  std::size_t limit_;
  std::size_t in_use_ = 0;
  std::deque<Wait*> waiting_;
};

}  // namespace heat
