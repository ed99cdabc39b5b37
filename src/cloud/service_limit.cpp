#include "cloud/service_limit.h"

#include <algorithm>

#include "base/error.h"
#include "cloud/catalogue.h"

namespace heat {

namespace {
constexpr Duration kGrace = std::chrono::seconds(5);
}

Task<Semaphore::Permit> ServiceLimit::enter(Cancel stop) {
  try {
    co_return co_await places_.acquire(std::move(stop));
  } catch (const Cancelled&) {
    if (!closed_.requested()) throw;
    throw Error(ErrorKind::ServiceUnavailable, "Heat is about to end; nothing new is begun.");
  }
}

void ServiceLimit::answered() {
  if (limit() == most_ || ++answers_ < limit()) return;
  answers_ = 0;
  places_.set_limit(limit() + 1);
}

void ServiceLimit::overloaded(Time begun) {
  if (begun < halved_at_) return;
  halved_at_ = loop_.now();
  answers_ = 0;
  places_.set_limit(std::max<std::size_t>(1, limit() / 2));
}

ServiceLimit& ServiceLimits::of(std::string_view service, const std::string& project_id) {
  auto& limit = limits_[{std::string(service_name(service)), project_id}];
  if (!limit) limit = std::make_unique<ServiceLimit>(loop_, most_, closed_, abandoned_);
  return *limit;
}

void ServiceLimits::close() {
  if (closed_.requested()) return;
  closed_.request();
  loop_.call_after(kGrace, [abandoned = abandoned_] { abandoned.request(); });
}

}  // namespace heat
