#include "stack/definition.h"

#include <algorithm>
#include <set>

#include "stack/scope.h"
#include "text/document.h"

namespace heat {

namespace {

/// Parameters and other conditions are all a condition may ask of its stack.
class ConditionScope final : public DefinitionScope {
 public:
  ConditionScope(const StackDefinition& definition, std::map<std::string, bool>& decided)
      : DefinitionScope(definition), decided_(decided) {}

  bool condition(const std::string& name) const override {
    if (const auto known = decided_.find(name); known != decided_.end()) return known->second;
    const auto& all = definition().tmpl().conditions();
    const auto named = std::ranges::find(all, name, &std::pair<std::string, Expression>::first);
    if (named == all.end()) return DefinitionScope::condition(name);
    if (!deciding_.insert(name).second)
      throw Error(ErrorKind::StackValidationFailed,
                  "Condition " + name + " depends on itself. Break the circle.",
                  {"conditions", name});
    Missing missing;
    const bool holds = named->second.evaluate(*this, missing).truthy();
    deciding_.erase(name);
    return decided_[name] = holds;
  }
  std::optional<Value> reference(const std::string& resource) const override { refuse(resource); }
  std::optional<Value> attribute(const std::string& resource, const std::string&) const override {
    refuse(resource);
  }

 private:
  [[noreturn]] static void refuse(const std::string& resource) {
    throw Error(ErrorKind::StackValidationFailed,
                "A condition can't depend on a resource (" + resource + "); use parameters.");
  }
  std::map<std::string, bool>& decided_;
  mutable std::set<std::string> deciding_;
};

}  // namespace

std::shared_ptr<const StackDefinition> StackDefinition::load(const DefinitionRow& row,
                                                             const Parameters::Pseudo& pseudo,
                                                             const Registry& registry,
                                                             Diagnostics& problems,
                                                             Questions& questions) {
  auto definition = std::make_shared<StackDefinition>();
  const Value& source = row.template_source;
  definition->template_ = Template::parse(
      source.is_string() ? Document::read(source.as_string(), "template") : Document::of(source),
      problems);
  definition->environment_ =
      Environment::parse(Document::of(row.environment.is_map() ? row.environment : Value(Map())));
  if (row.parameters.is_map()) definition->environment_.parameters = row.parameters;
  definition->files_ = row.files;
  definition->parameters_ = Parameters::resolve(*definition->template_, definition->environment_,
                                                pseudo, problems, questions);
  if (!problems.empty()) return definition;
  definition->decide_conditions(problems);
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

void StackDefinition::decide_conditions(Diagnostics& problems) {
  const ConditionScope scope(*this, conditions_);
  for (const auto& [name, expression] : template_->conditions()) {
    try {
      scope.condition(name);
    } catch (const Error& error) {
      problems.add(error);
      conditions_[name] = false;
    }
  }
}

bool StackDefinition::condition(const std::string& name) const {
  const auto found = conditions_.find(name);
  if (found == conditions_.end())
    throw Error(ErrorKind::StackValidationFailed, "There is no condition named " + name + ".");
  return found->second;
}

bool StackDefinition::holds(const std::optional<Expression>& condition) const {
  if (!condition) return true;
  auto decided = conditions_;
  const ConditionScope scope(*this, decided);
  Missing missing;
  return condition->evaluate(scope, missing).truthy();
}

void StackDefinition::find_members(const Registry& registry, Diagnostics& problems) {
  for (const ResourceDefinition& resource : template_->resources()) {
    const Path path{"resources", resource.name};
    try {
      if (!holds(resource.condition)) continue;
      const std::string name = environment_.resolve_type(resource.type, resource.name);
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
  for (const OutputDefinition& output : template_->outputs()) {
    try {
      if (holds(output.condition)) outputs_.push_back(&output);
    } catch (const Error& error) {
      problems.add(error);
    }
  }
}

void StackDefinition::find_used_attributes() {
  const auto note = [this](const Expression& expression) {
    for (const std::string& resource : expression.resources()) {
      auto used = expression.attributes_of(resource);
      if (!used.empty()) used_[resource].merge(used);
    }
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
