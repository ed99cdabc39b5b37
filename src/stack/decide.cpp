#include "stack/decide.h"

#include <utility>

namespace heat {

namespace {

using Kind = Decision::Kind;

Decision replace(std::string why) { return {Kind::Replace, {}, std::move(why)}; }

/// Why these changes can't be made in place, as far as the schema says; empty: they can.
std::string not_in_place(const ResourceType& type, const PropertyChanges& changes) {
  for (const auto& [name, value] : changes) {
    if (contains_unknown(value)) continue;
    const Schema* schema = type.property(name);
    if (schema == nullptr || !schema->update_allowed)
      return "property " + name + " can't be changed in place";
  }
  return "";
}

std::string unknown_properties(const PropertyChanges& changes) {
  std::string names;
  for (const auto& [name, value] : changes)
    if (contains_unknown(value)) names += (names.empty() ? "" : ", ") + name;
  return names;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::Keep:
      return "keep";
    case Kind::Create:
      return "create";
    case Kind::Update:
      return "update";
    case Kind::Mend:
      return "mend";
    case Kind::Replace:
      return "replace";
    case Kind::Delete:
      return "delete";
    case Kind::Later:
      return "later";
  }
  check_failed("a decision without a name", std::source_location::current());
}

std::string_view to_string(DeletionPolicy policy) {
  switch (policy) {
    case DeletionPolicy::Delete:
      return "Delete";
    case DeletionPolicy::Retain:
      return "Retain";
    case DeletionPolicy::Snapshot:
      return "Snapshot";
  }
  check_failed("a deletion policy without a name", std::source_location::current());
}

ResourceRow as_completed(const ResourceRow& row) {
  ResourceRow aim = row;
  if (!aim.target.is_null()) aim.properties = std::exchange(aim.target, Value());
  aim.status = "COMPLETE";
  return aim;
}

void refuse_other_external(const ResourceRow& before, const ResourceType* before_type,
                           const Wanted& after) {
  if (before.action == "INIT" || before.action == "DELETE" || before_type == nullptr) return;
  if (before_type->name != after.type.name || before.external_id == after.external_id) return;
  throw Error(ErrorKind::NotSupported, "Update to property external_id of " + before.name + " (" +
                                           before.shown_type() + ") is not supported.");
}

Value baseline(const ResourceRow& before, const Value& after) {
  if (before.action != "UPDATE" || before.status == "COMPLETE" || !before.target.is_map())
    return before.properties;
  Map properties = before.properties.is_map() ? before.properties.as_map() : Map();
  for (const auto& [name, half_set] : differences(before.properties, before.target))
    if (after[name] == before.properties[name]) properties.set(name, half_set);
  return properties;
}

PropertyChanges differences(const Value& before, const Value& after) {
  PropertyChanges changes;
  if (after.is_map())
    for (const auto& [name, value, kind] : after.as_map())
      if (contains_unknown(value) || before[name] != value) changes[name] = value;
  if (before.is_map())
    for (const auto& [name, value, kind] : before.as_map())
      if (!value.is_null() && after.find(name) == nullptr) changes[name] = Value();
  return changes;
}

Decision decide(const ResourceRow* before, const ResourceType* before_type, const Wanted* after,
                Observed observed) {
  if (after == nullptr) return {before == nullptr ? Kind::Keep : Kind::Delete, {}, ""};
  if (before == nullptr || before->action == "INIT") return {Kind::Create, {}, ""};
  if (before_type == nullptr || before_type->name != after->type.name)
    return replace("its type changes");
  if (before->action == "DELETE") return replace("it was being deleted");

  if (!after->external_id.empty()) {
    const bool looked_at = before->action == "CHECK" && before->status == "COMPLETE";
    return {looked_at ? Kind::Keep : Kind::Create, {}, ""};
  }

  const bool failed = before->status == "FAILED";
  if (failed && !observed.healthy) return replace("it failed");

  PropertyChanges changes = differences(baseline(*before, after->properties), after->properties);
  if (auto why = not_in_place(after->type, changes); !why.empty()) return replace(std::move(why));
  if (auto names = unknown_properties(changes); !names.empty())
    return {Kind::Later, std::move(changes), names};
  if (!changes.empty() || !observed.settled) {
    auto why = after->type.behaviour->replaces(after->type, before->properties, after->properties,
                                               changes);
    if (!why.empty()) return replace(std::move(why));
  }
  if (!changes.empty()) return {Kind::Update, std::move(changes), ""};
  if (before->metadata != after->metadata || before->deletion_policy != after->deletion_policy)
    return {Kind::Update, {}, ""};
  return {failed ? Kind::Mend : Kind::Keep, {}, ""};
}

}  // namespace heat
