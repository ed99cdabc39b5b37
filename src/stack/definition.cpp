#include "stack/definition.h"

#include <utility>

#include "text/document.h"

namespace heat {

std::shared_ptr<const StackDefinition> StackDefinition::load(
    const DefinitionRow& row, const Parameters::Pseudo& pseudo, const Registry& registry,
    Diagnostics& problems, Questions& questions, Parameters::Values values) {
  auto definition = std::make_shared<StackDefinition>();
  const Value& source = row.template_source;
  auto tmpl = Template::parse(
      source.is_string() ? Document::read(source.as_string(), "template") : Document::of(source),
      problems);
  definition->environment_ =
      Environment::parse(Document::of(row.environment.is_map() ? row.environment : Value(Map())));
  if (row.parameters.is_map()) definition->environment_.parameters = row.parameters;
  auto parameters =
      Parameters::resolve(*tmpl, definition->environment_, pseudo, problems, questions, values);
  definition->scope_.emplace(std::move(tmpl), std::move(parameters), row.files);
  if (!problems.empty()) return definition;
  definition->find_members(registry, problems);
  definition->find_used_attributes();
  return definition;
}

std::shared_ptr<const StackDefinition> StackDefinition::load(const DefinitionRow& row,
                                                             const Parameters::Pseudo& pseudo,
                                                             const Registry& registry) {
  Diagnostics problems;
  Questions questions;
  auto definition = load(row, pseudo, registry, problems, questions);
  problems.raise();
  return definition;
}

void StackDefinition::find_members(const Registry& registry, Diagnostics& problems) {
  const auto exists = [&registry](const std::string& name) {
    return registry.find(name) != nullptr;
  };
  for (const ResourceDefinition& resource : tmpl().resources()) {
    try {
      if (!scope_->enabled(resource)) continue;
      const std::string name = environment_.resolve_type(resource.type, resource.name, exists);
      auto type = registry.find(name);
      if (type == nullptr)
        throw Error(ErrorKind::StackValidationFailed,
                    "The resource type " + name + " is not known here." +
                        did_you_mean(name, registry.names()),
                    {"resources", resource.name, "type"});
      index_.emplace(resource.name, members_.size());
      members_.push_back({&resource, std::move(type)});
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  for (const OutputDefinition& output : tmpl().outputs()) {
    try {
      if (scope_->enabled(output)) outputs_.push_back(&output);
    } catch (const Error& error) {
      problems.add(error);
    }
  }
}

void StackDefinition::find_used_attributes() {
  const auto note = [this](const Expression& expression) {
    for (const auto& [resource, attribute] : expression.attributes(*scope_))
      used_[resource].insert(attribute);
  };
  for (const Member& member : members_) {
    note(member.definition->properties);
    note(member.definition->metadata);
  }
  for (const OutputDefinition* output : outputs_) note(output->value);
}

std::set<std::string> StackDefinition::used_of(const std::string& resource) const {
  const auto found = used_.find(resource);
  return found == used_.end() ? std::set<std::string>() : found->second;
}

std::optional<std::size_t> StackDefinition::index_of(const std::string& resource) const {
  const auto found = index_.find(resource);
  if (found == index_.end()) return {};
  return found->second;
}

}  // namespace heat
