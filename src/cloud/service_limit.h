#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "async/cancel.h"
#include "async/semaphore.h"

namespace heat {

/// How many requests to one service may be in flight: halved when the service is overloaded, and
/// growing back by one for each full round of answers.
class ServiceLimit {
 public:
  ServiceLimit(Loop& loop, std::size_t most, Cancel closed, Cancel abandoned)
      : loop_(loop),
        places_(loop, most),
        most_(most),
        closed_(std::move(closed)),
        abandoned_(std::move(abandoned)) {}

  /// Waits for a place until `stop`. Throws Error{ServiceUnavailable} where the limits are closed
  /// before there is one, else Cancelled.
  Task<Semaphore::Permit> enter(Cancel stop);
  /// Nothing new is sent from here on, and what has no effect is given up.
  const Cancel& closed() const noexcept { return closed_; }
  /// Some time later the rest is, too.
  const Cancel& abandoned() const noexcept { return abandoned_; }
  void answered();
  /// The request that began at `begun` met an overloaded service. What was already in flight when
  /// the limit was halved does not halve it again.
  void overloaded(Time begun);
  std::size_t limit() const noexcept { return places_.limit(); }

 private:
  Loop& loop_;
  Semaphore places_;
  std::size_t most_;
  Cancel closed_, abandoned_;
  std::size_t answers_ = 0;
  Time halved_at_{};
};

/// The limits of a loop, by service and project; shared by all its sessions.
class ServiceLimits {
 public:
  explicit ServiceLimits(Loop& loop, std::size_t most = 16) : loop_(loop), most_(most) {}
  ServiceLimit& of(std::string_view service, const std::string& project_id);
  /// The loop is to end: nothing new is sent or tried again, and reads in flight are given up. What
  /// may have an effect gets some seconds for its answer: who looks for it at the next start should
  /// not come before it.
  void close();

 private:
  Loop& loop_;
  std::size_t most_;
  Cancel closed_, abandoned_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<ServiceLimit>> limits_;
};

}  // namespace heat
