#include "engine/known_definitions.h"

#include <algorithm>

namespace heat {

namespace {

// Each may hold a template and files of some megabytes.
constexpr std::size_t kMost = 16;

}  // namespace

std::shared_ptr<const KnownDefinition> KnownDefinitions::find(const std::string& id) {
  const auto found = std::ranges::find(
      newest_first_, id, [](const auto& known) -> const auto& { return known->row.id; });
  if (found == newest_first_.end()) return nullptr;
  std::rotate(newest_first_.begin(), found, found + 1);
  return newest_first_.front();
}

void KnownDefinitions::add(std::shared_ptr<const KnownDefinition> definition) {
  newest_first_.push_front(std::move(definition));
  if (newest_first_.size() > kMost) newest_first_.pop_back();
}

}  // namespace heat
