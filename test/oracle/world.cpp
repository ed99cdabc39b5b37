#include "world.h"

#include "resource/behaviour.h"
#include "stack/update_policy.h"
#include "template/check.h"

namespace heat::oracle {

namespace {

bool is_placeholder(const StackDefinition::Member& member) {
  return member.type->behaviour->placeholder();
}

}  // namespace

World::World(std::shared_ptr<const StackDefinition> definition, const Registry& registry)
    : TemplateScope(definition->scope()), definition_(std::move(definition)), registry_(registry) {}

std::optional<Value> World::attribute(const std::string& resource,
                                      const std::string& attribute) const {
  require(resource);
  const auto index = definition_->index_of(resource);
  if (!index) return Value();  // its type is not known, which is told already
  const Member& member = definition_->members()[*index];
  const bool anything = is_placeholder(member);
  if (attribute != "*" && attribute != "show" && !anything && !member.type->attribute(attribute))
    throw Error(ErrorKind::InvalidTemplateAttribute,
                "The resource '" + resource + "' has no attribute '" + attribute + "'.");
  return Value();
}

Value World::properties(const Member& member, Diagnostics& problems) const {
  const auto& [definition, type] = member;
  const Path path{"resources", definition->name, "properties"};
  Missing missing;
  Value written;
  try {
    written = member.properties().evaluate(*this, missing);
  } catch (const Error& error) {
    problems.add(ErrorKind::StackValidationFailed, error.message(),
                 error.path().empty() ? path : error.path());
    return {};
  }
  if (is_placeholder(member)) return written;
  const Schema& schema = type->properties;
  Value converted = convert(schema, written.is_null() ? Value(Map()) : written, path, problems);
  Questions questions;
  if (problems.empty() && definition->properties.resources(*this).empty())
    check_constraints(schema, converted, path, problems, questions);
  // Cloud types were recorded without their own rules.
  if (problems.empty() && type->name.starts_with("OS::Heat::"))
    type->behaviour->validate(converted, path, problems);
  return converted;
}

void World::below(const Member& member, const Value& properties, Diagnostics& problems) const {
  const std::string& name = member.definition->name;
  const Path path{"resources", name, "properties"};
  const Value parameters = parameters_below(*member.type, properties, path, problems);
  Diagnostics found;
  Questions questions;
  const auto definition = StackDefinition::load(
      definition_->below(name, parameters),
      {"teststack-" + name, "<STACK_ID>", "project-0001", "RegionOne"}, registry_, found, questions,
      Parameters::Values::Optional, definition_->place_below(*member.definition, *this));
  const World world(definition, registry_);
  check_template(world, found, definition->placeholders());
  if (found.empty()) world.validate(found);
  for (const Diagnostic& problem : found.all())
    problems.all().push_back(of_template_below(problem, name, definition_->nested(name)->file));
}

void World::validate(Diagnostics& problems) const {
  for (const Member& member : definition_->members()) {
    if (is_placeholder(member) && !definition_->nested(member.definition->name)) continue;
    check_update_policy(member, problems);
    if (deletion_policy(*member.definition) == DeletionPolicy::Snapshot &&
        !member.type->can.contains("snapshot_on_delete"))
      problems.add(ErrorKind::StackValidationFailed, "Snapshots are not supported.",
                   {"resources", member.definition->name, "deletion_policy"});
    const Value made = properties(member, problems);
    if (definition_->nested(member.definition->name)) below(member, made, problems);
  }
}

}  // namespace heat::oracle
