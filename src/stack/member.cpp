#include "stack/member.h"

#include <algorithm>

#include "resource/behaviour.h"

namespace heat {

bool Member::open_step() const {
  return std::ranges::any_of(steps, [](const auto& step) { return !step.second.done; });
}

Value Member::reference() const {
  if (type == nullptr || !exists()) return row.name;
  return type->behaviour->reference_id(row);
}

Member& Members::add(ResourceRow row, std::shared_ptr<const ResourceType> type) {
  auto member = std::make_unique<Member>();
  member->row = std::move(row);
  member->type = std::move(type);
  Member& added = *member;
  check(order_.emplace(added.row.id, next_).second, "a resource is in its stack twice");
  members_.emplace(next_++, std::move(member));
  if (added.row.replaced_by.empty()) make_current(added);
  return added;
}

void Members::remove(const Member& member) {
  if (const auto named = current_.find(member.row.name);
      named != current_.end() && named->second == &member)
    current_.erase(named);
  const auto place = order_.find(member.row.id);
  check(place != order_.end(), "a resource that is not in the stack was removed");
  const auto number = place->second;
  order_.erase(place);
  members_.erase(number);
}

Member* Members::current(const std::string& name) const {
  const auto found = current_.find(name);
  return found == current_.end() ? nullptr : found->second;
}

Member* Members::find(const std::string& id) const {
  const auto found = order_.find(id);
  return found == order_.end() ? nullptr : members_.at(found->second).get();
}

void Members::make_current(Member& member) { current_[member.row.name] = &member; }

std::vector<Member*> Members::all() const {
  std::vector<Member*> all;
  all.reserve(members_.size());
  for (const auto& [number, member] : members_) all.push_back(member.get());
  return all;
}

}  // namespace heat
