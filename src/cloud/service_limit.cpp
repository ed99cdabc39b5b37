#include "cloud/service_limit.h"

#include <algorithm>

#include "cloud/catalogue.h"

namespace heat {

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
  if (!limit) limit = std::make_unique<ServiceLimit>(loop_, most_);
  return *limit;
}

}  // namespace heat
