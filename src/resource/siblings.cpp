#include "resource/siblings.h"

namespace heat {

DeferredProperties::DeferredProperties(Map known)
    : work_([known = std::move(known)](const std::string& property) {
        const Value* value = known.find(property);
        return value ? *value : Value();
      }) {}

const Value& DeferredProperties::operator[](const std::string& property) const {
  const auto [known, added] = known_.try_emplace(property);
  if (added) known->second = work_(property);
  return known->second;
}

Siblings::Siblings(std::vector<Sibling> all) : all_(std::move(all)) {
  for (const Sibling& sibling : all_) by_type_[sibling.type].push_back(&sibling);
}

const Neighbours& Siblings::of_type(const std::string& type) const {
  static const Neighbours none;
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? none : found->second;
}

const Sibling* Siblings::referred_to(const Value& reference, const std::string& type) const {
  if (!reference.is_string()) return nullptr;
  for (const Sibling* sibling : of_type(type))
    if (sibling->reference == reference.as_string()) return sibling;
  return nullptr;
}

std::size_t Siblings::index_of(const Sibling& sibling) const {
  return static_cast<std::size_t>(&sibling - all_.data());
}

}  // namespace heat
