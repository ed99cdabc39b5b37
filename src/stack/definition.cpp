#include "stack/definition.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "resource/behaviour.h"
#include "stack/decide.h"
#include "text/document.h"

namespace heat {

std::shared_ptr<const StackDefinition> StackDefinition::load(
    const DefinitionRow& row, const Parameters::Pseudo& pseudo, const Registry& registry,
    Diagnostics& problems, Questions& questions, Parameters::Values values, TemplatePlace place) {
  auto definition = std::make_shared<StackDefinition>();
  const Value& source = row.template_source;
  auto tmpl = Template::parse(
      source.is_string() ? Document::read(source.as_string(), place.file) : Document::of(source),
      problems);
  definition->environment_ =
      Environment::parse(Document::of(row.environment.is_map() ? row.environment : Value(Map())));
  if (row.parameters.is_map()) definition->environment_.parameters = row.parameters;
  Diagnostics of_values;
  Questions asked;
  auto parameters =
      Parameters::resolve(*tmpl, definition->environment_, pseudo, of_values, asked, values);
  // What comes from the template around it was checked there, as properties; all but hidden ones.
  std::set<std::string> checked;
  for (const auto& [name, parameter] : tmpl->parameters())
    if (!place.facade.is_null() && !parameter.hidden && row.parameters.find(name))
      checked.insert(name);
  const auto is_new = [&](const auto& each) {
    return each.path.size() < 2 || !checked.contains(each.path[1]);
  };
  for (const Diagnostic& problem : of_values.all())
    if (is_new(problem)) problems.add(problem);
  std::ranges::copy_if(asked, std::back_inserter(questions), is_new);
  definition->files_ = row.files;
  definition->scope_.emplace(std::move(tmpl), std::move(parameters), row.files,
                             std::move(place.facade), registry.query_limits());
  definition->find_members(registry, problems);
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
  const auto& resources = tmpl().resources();
  index_.resize(resources.size());
  types_.resize(resources.size());
  members_.reserve(resources.size());
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const ResourceDefinition& resource = resources[i];
    Path path{"resources", resource.name, "condition"};
    bool enabled = true;
    Stage stage = Stage::Conditions;
    try {
      enabled = scope_->enabled(resource);
      stage = Stage::Types;
      path.back() = "type";
      const MappedType mapped =
          environment_.resolve_type(resource.type, resource.name, exists, registry.mappings());
      const std::string& name = mapped.type;
      auto type = is_template_file(name) ? template_type_of(resource, mapped) : registry.find(name);
      if (type == nullptr)
        throw Error(ErrorKind::StackValidationFailed, "The resource type " + name +
                                                          " is not known here." +
                                                          did_you_mean(name, registry.names()));
      types_[i] = type;
      if (!enabled) continue;
      index_[i] = members_.size();
      members_.push_back({&resource, std::move(type)});
    } catch (const Error& error) {
      if (!enabled) continue;  // a type that is not used here need not be known here
      unclear_.insert(resource.name);
      const Path& place = error.path().empty() ? path : error.path();
      problems.add_further({error.kind(), error.message(), place, error.position(), stage});
    }
  }
  problems.enter(Stage::OutputDefinitions);
  for (const OutputDefinition& output : tmpl().outputs()) {
    try {
      if (scope_->enabled(output)) outputs_.push_back(&output);
    } catch (const Error& error) {
      problems.add_further(
          error.kind(), error.message(),
          error.path().empty() ? Path{"outputs", output.name, "condition"} : error.path());
    }
  }
}

/// Throws Error where there is no such template, or it can't be understood.
std::shared_ptr<const ResourceType> StackDefinition::template_type_of(
    const ResourceDefinition& resource, MappedType mapped) {
  const std::string& file = mapped.type;
  auto& type = template_types_[file];
  if (type == nullptr) {
    const Value& text = files_[file];
    if (!text.is_string()) {
      // Local files are the operator's to name.
      const bool operators = mapped.mapping.empty() && file != resource.type;
      if (operators || !is_local_file(file)) missing_templates_.insert(file);
      throw Error(ErrorKind::StackValidationFailed, no_such_template(file),
                  {"resources", resource.name, "type"});
    }
    try {
      type = template_type(file, text.as_string(), environment_.parameter_defaults);
    } catch (const Error& error) {
      Diagnostic told = of_template_below(
          {error.kind(), error.message(), error.path(), error.position()}, resource.name, file);
      Error of_resource(told.kind, std::move(told.message), std::move(told.path));
      throw told.position ? of_resource.at(*told.position) : of_resource;
    }
  }
  nested_[resource.name] = {file, std::move(mapped.mapping)};
  return type;
}

const Expression& StackDefinition::Member::properties() const {
  static const Expression nothing;
  return type->behaviour && type->behaviour->placeholder() ? nothing : definition->properties;
}

std::set<std::string> StackDefinition::placeholders() const {
  std::set<std::string> names;
  for (const auto& [definition, type] : members_)
    if (type->behaviour && type->behaviour->placeholder()) names.insert(definition->name);
  return names;
}

const NestedTemplate* StackDefinition::nested(const std::string& resource) const {
  const auto found = nested_.find(resource);
  return found == nested_.end() ? nullptr : &found->second;
}

DefinitionRow StackDefinition::below(const std::string& resource, Value parameters) const {
  const auto& [file, mapping] = nested_.at(resource);
  DefinitionRow row;
  row.template_source = files_[file];
  row.files = files_;
  row.parameters = std::move(parameters);
  row.environment = environment_.below(resource, mapping, Map()).to_value();
  return row;
}

TemplatePlace StackDefinition::place_below(const ResourceDefinition& resource,
                                           const Scope& scope) const {
  Missing missing;
  Map facade{{"metadata", resource.metadata.evaluate(scope, missing)},
             {"update_policy", resource.update_policy.evaluate(scope, missing)},
             {"deletion_policy", to_string(scope_->deletion_policy(resource))}};
  return {nested_.at(resource.name).file, std::move(facade)};
}

void StackDefinition::find_used_attributes() const {
  used_.emplace();
  const auto note = [this](const Expression& expression) {
    for (const auto& [resource, attribute] : expression.attributes(*scope_))
      (*used_)[resource].insert(attribute);
  };
  for (const Member& member : members_) {
    note(member.definition->properties);
    note(member.definition->metadata);
  }
  for (const OutputDefinition* output : outputs_) note(output->value);
}

std::set<std::string> StackDefinition::used_of(const std::string& resource) const {
  if (!used_) find_used_attributes();
  const auto found = used_->find(resource);
  return found == used_->end() ? std::set<std::string>() : found->second;
}

bool StackDefinition::unclear(const std::string& resource) const {
  return unclear_.contains(resource) || tmpl().unread({"resources", resource});
}

const ResourceType* StackDefinition::type_of(const std::string& resource) const {
  const auto place = tmpl().index_of(resource);
  return place ? types_[*place].get() : nullptr;
}

std::optional<std::size_t> StackDefinition::index_of(const std::string& resource) const {
  const auto place = tmpl().index_of(resource);
  return place ? index_[*place] : std::nullopt;
}

}  // namespace heat
