#include "base/log_scope.h"

namespace heat::log {

Scope::Scope(Fields fields) {
  Common common;
  for (const auto& [key, value] : fields) common.fields.emplace_back(key, value);
  common.outer = context;
  context = own_ = std::make_shared<const Common>(std::move(common));
}

Scope::~Scope() {
  // A coroutine that is destroyed where it waits is not what runs now.
  if (context == own_) context = own_->outer;
}

}  // namespace heat::log
