#include "world.h"

#include "graph/graph.h"
#include "resource/behaviour.h"
#include "template/resource_registry.h"

namespace heat::oracle {

World::World(std::shared_ptr<const Template> tmpl, Parameters parameters, Value files,
             const Environment& environment, const Registry& registry)
    : TemplateScope(std::move(tmpl), std::move(parameters), std::move(files)),
      environment_(environment),
      registry_(registry) {}

std::vector<const ResourceDefinition*> World::enabled_resources() const {
  std::vector<const ResourceDefinition*> result;
  for (const ResourceDefinition& definition : tmpl().resources())
    if (enabled(definition)) result.push_back(&definition);
  return result;
}

std::string World::type_name(const ResourceDefinition& definition) const {
  return environment_.resolve_type(definition.type, definition.name, [&](const std::string& name) {
    return registry_.find(name) != nullptr;
  });
}

const ResourceType* World::type_of(const ResourceDefinition& definition) const {
  return registry_.find(type_name(definition)).get();
}

std::optional<Value> World::reference(const std::string& resource) const {
  require(resource);
  if (!created_.contains(resource)) return Value(resource);
  return Value("<teststack-" + resource + "-SUFFIX>");
}

std::optional<Value> World::attribute(const std::string& resource,
                                      const std::string& attribute) const {
  const ResourceDefinition& definition = require(resource);
  const ResourceType* type = type_of(definition);
  const bool anything = !type || type->name == "OS::Heat::None";
  if (attribute != "*" && attribute != "show" && !anything && !type->attribute(attribute))
    throw Error(ErrorKind::InvalidTemplateAttribute,
                "The resource '" + resource + "' has no attribute '" + attribute + "'.");
  const auto made = created_.find(resource);
  if (made == created_.end() || anything || attribute == "show") return Value();
  if (attribute != "*") return made->second["value"];
  Map all;
  for (const auto& [name, schema] : type->attributes) all.set(name, made->second["value"]);
  return Value(all);
}

Value World::properties(const ResourceDefinition& definition, Diagnostics& problems) const {
  const Path path{"resources", definition.name, "properties"};
  const ResourceType* type = type_of(definition);
  Missing missing;
  Value written;
  try {
    written = definition.properties.evaluate(*this, missing);
  } catch (const Error& error) {
    problems.add(ErrorKind::StackValidationFailed, error.message(),
                 error.path().empty() ? path : error.path());
    return {};
  }
  if (!type || type->behaviour->placeholder()) return written;
  Schema schema;
  schema.type = Type::Map;
  for (const auto& [name, property] : type->properties) schema.members.push_back({name, property});
  Value converted = convert(schema, written.is_null() ? Value(Map()) : written, path, problems);
  Questions questions;
  if (problems.empty() && definition.properties.resources(*this).empty())
    check_constraints(schema, converted, path, problems, questions);
  // Cloud types were recorded without their own rules.
  if (problems.empty() && type->name.starts_with("OS::Heat::"))
    type->behaviour->validate(converted, path, problems);
  return converted;
}

void World::validate(Diagnostics& problems) const {
  for (const ResourceDefinition* definition : enabled_resources()) {
    const ResourceType* type = type_of(*definition);
    if (!type && !is_template_file(type_name(*definition)))
      problems.add(ErrorKind::StackValidationFailed,
                   "There is no resource type '" + definition->type + "'.",
                   {"resources", definition->name, "type"});
    if (type && deletion_policy(*definition) == DeletionPolicy::Snapshot &&
        !type->can.contains("snapshot"))
      problems.add(ErrorKind::StackValidationFailed, "Snapshots are not supported.",
                   {"resources", definition->name, "deletion_policy"});
    properties(*definition, problems);
  }
}

void World::create() {
  const auto resources = enabled_resources();
  std::map<std::string, std::size_t> numbers;
  for (const auto* definition : resources) numbers.emplace(definition->name, numbers.size());
  Graph graph(resources.size());
  for (const auto* definition : resources)
    for (const std::string& name : required_by(*definition))
      graph.add_edge(numbers.at(definition->name), numbers.at(name));
  for (const std::size_t node : graph.order()) {
    Diagnostics problems;
    const Value made = properties(*resources[node], problems);
    problems.raise();
    created_[resources[node]->name] = made;
  }
}

}  // namespace heat::oracle
