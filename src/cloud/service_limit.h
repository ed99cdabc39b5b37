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
  ServiceLimit(Loop& loop, std::size_t most, Cancel closed)
      : loop_(loop), places_(loop, most), most_(most), closed_(std::move(closed)) {}

  /// Throws Error{ServiceUnavailable} where the limits are closed before there is a place.
  Task<Semaphore::Permit> enter();
  const Cancel& closed() const noexcept { return closed_; }
  void answered();
  /// The request that began at `begun` met an overloaded service. What was already in flight when
  /// the limit was halved does not halve it again.
  void overloaded(Time begun);
  std::size_t limit() const noexcept { return places_.limit(); }

 private:
  Loop& loop_;
  Semaphore places_;
  std::size_t most_;
  Cancel closed_;
  std::size_t answers_ = 0;
  Time halved_at_{};
};

/// The limits of a loop, by service and project; shared by all its sessions.
class ServiceLimits {
 public:
  explicit ServiceLimits(Loop& loop, std::size_t most = 16) : loop_(loop), most_(most) {}
  ServiceLimit& of(std::string_view service, const std::string& project_id);
  /// The loop is to end: nothing new is sent or tried again, and reads in flight are given up. What
  /// may have an effect runs to its end.
  void close() { closed_.request(); }

 private:
  Loop& loop_;
  std::size_t most_;
  Cancel closed_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<ServiceLimit>> limits_;
};

}  // namespace heat
