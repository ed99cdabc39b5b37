#include "stack/scope.h"

#include "base/diagnostics.h"
#include "resource/behaviour.h"

namespace heat {

namespace {

std::vector<std::string> names_of(const StackDefinition& definition) {
  std::vector<std::string> names;
  for (const auto& member : definition.members()) names.push_back(member.definition->name);
  return names;
}

/// The stored value, or its error where reading it failed; of "*", all of them.
std::optional<Value> stored(const Member& member, const std::string& attribute) {
  if (attribute == "*" && member.type != nullptr) {
    Map all;
    for (const auto& [name, schema] : member.type->attributes) {
      const auto value = stored(member, name);
      if (!value) return {};
      all.set(name, *value);
    }
    return all;
  }
  if (const auto broken = member.unreadable.find(attribute); broken != member.unreadable.end())
    throw broken->second;
  if (const Value* value = member.row.attributes.find(attribute)) return *value;
  return {};
}

}  // namespace

const StackDefinition::Member* DefinitionScope::require(const std::string& resource) const {
  if (const auto index = definition_.index_of(resource)) return &definition_.members()[*index];
  if (definition_.unclear(resource)) return nullptr;
  throw Error(ErrorKind::InvalidTemplateReference,
              "There is no resource named " + resource + "." +
                  did_you_mean(resource, [this] { return names_of(definition_); }));
}

void DefinitionScope::require_attribute(const std::string& resource,
                                        const std::string& attribute) const {
  const StackDefinition::Member* member = require(resource);
  if (member == nullptr) return;
  const ResourceType& type = *member->type;
  if (type.attribute(attribute) != nullptr || attribute == "show" || attribute == "*") return;
  if (type.behaviour->placeholder()) return;
  std::vector<std::string> names;
  for (const auto& [name, schema] : type.attributes) names.push_back(name);
  throw Error(ErrorKind::InvalidTemplateAttribute, "Resource " + resource + " (" + type.name +
                                                       ") has no attribute " + attribute + "." +
                                                       did_you_mean(attribute, names));
}

std::optional<Value> RunScope::reference(const std::string& resource) const {
  require(resource);
  const Member* member = members_.current(resource);
  if (member == nullptr || !ready_(resource)) return {};
  return member->reference();
}

std::optional<Value> RunScope::attribute(const std::string& resource,
                                         const std::string& attribute) const {
  require_attribute(resource, attribute);
  const Member* member = members_.current(resource);
  if (member == nullptr || !ready_(resource)) return {};
  return stored(*member, attribute);
}

std::optional<Value> ShownScope::reference(const std::string& resource) const {
  require(resource);
  const Member* member = members_.current(resource);
  return member == nullptr ? Value(resource) : member->reference();
}

std::optional<Value> ShownScope::attribute(const std::string& resource,
                                           const std::string& attribute) const {
  require_attribute(resource, attribute);
  const Member* member = members_.current(resource);
  if (member == nullptr) return Value();
  return stored(*member, attribute).value_or(Value());
}

std::optional<Value> PlanScope::reference(const std::string& resource) const {
  require(resource);
  const Member* member = members_.current(resource);
  if (member == nullptr || !member->exists() || replaced_.contains(resource)) return {};
  return member->reference();
}

std::optional<Value> PlanScope::attribute(const std::string& resource,
                                          const std::string& attribute) const {
  require_attribute(resource, attribute);
  const Member* member = members_.current(resource);
  if (member == nullptr || !member->exists() || changing_.contains(resource)) return {};
  return stored(*member, attribute);
}

}  // namespace heat
