#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "async/semaphore.h"

namespace heat {

/// How many requests to one service may be in flight: halved when the service is overloaded, and
/// growing back by one for each full round of answers.
class ServiceLimit {
 public:
  ServiceLimit(Loop& loop, std::size_t most) : loop_(loop), places_(loop, most), most_(most) {}

  Task<Semaphore::Permit> enter() { return places_.acquire(); }
  void answered();
  /// The request that began at `begun` met an overloaded service. What was already in flight when
  /// the limit was halved does not halve it again.
  void overloaded(Time begun);
  std::size_t limit() const noexcept { return places_.limit(); }

 private:
  Loop& loop_;
  Semaphore places_;
  std::size_t most_;
  std::size_t answers_ = 0;
  Time halved_at_{};
};

/// The limits of a loop, by service and project; shared by all its sessions.
class ServiceLimits {
 public:
  explicit ServiceLimits(Loop& loop, std::size_t most = 16) : loop_(loop), most_(most) {}
  ServiceLimit& of(std::string_view service, const std::string& project_id);

 private:
  Loop& loop_;
  std::size_t most_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<ServiceLimit>> limits_;
};

}  // namespace heat
