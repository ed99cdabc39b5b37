#include "resource/resource_type.h"

#include <mutex>

#include "base/check.h"
#include "cloud/session.h"

namespace heat {

const AttributeSchema* ResourceType::attribute(std::string_view attribute_name) const {
  for (const auto& [name, attribute] : attributes)
    if (name == attribute_name) return &attribute;
  return nullptr;
}

struct Registry::Slot {
  std::function<std::shared_ptr<const ResourceType>()> load;
  std::once_flag once;
  std::shared_ptr<const ResourceType> type;
};

void Registry::add(std::string name, std::function<std::shared_ptr<const ResourceType>()> load) {
  auto slot = std::make_shared<Slot>();
  slot->load = std::move(load);
  check(slots_.emplace(std::move(name), std::move(slot)).second, "a resource type added twice");
}

std::shared_ptr<const ResourceType> Registry::find(const std::string& name) const {
  const auto found = slots_.find(name);
  if (found == slots_.end()) return nullptr;
  Slot& slot = *found->second;
  std::call_once(slot.once, [&slot] { slot.type = slot.load(); });
  return slot.type;
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> all;
  for (const auto& [name, slot] : slots_) all.push_back(name);
  return all;
}

struct Registry::Finders {
  std::function<std::map<std::string, Finder>()> load;
  std::once_flag once;
  std::map<std::string, Finder> by_name;
};

void Registry::add_finders(std::function<std::map<std::string, Finder>()> load) {
  finders_ = std::make_shared<Finders>();
  finders_->load = std::move(load);
}

const Finder* Registry::finder(const std::string& name) const {
  if (!finders_) return nullptr;
  std::call_once(finders_->once, [this] { finders_->by_name = finders_->load(); });
  const auto found = finders_->by_name.find(name);
  return found == finders_->by_name.end() ? nullptr : &found->second;
}

}  // namespace heat
