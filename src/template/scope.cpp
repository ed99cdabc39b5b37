#include "template/scope.h"

#include <algorithm>

#include "template/function.h"
#include "text/write.h"

namespace heat {

namespace {

std::vector<std::string> keys_of(const Value& map) {
  std::vector<std::string> keys;
  if (map.is_map())
    for (const auto& entry : map.as_map()) keys.push_back(entry.key);
  return keys;
}

/// What may be meant by a parameter that there is not. Amazon has pseudo parameters, such as
/// AWS::NoValue and AWS::AccountId, that Heat never had.
std::string instead_of(const std::string& name, const Template& tmpl, const Parameters& values) {
  std::string pseudo;
  if (name.starts_with("AWS::"))
    for (const auto& [other, value, kind] : values.all())
      if (other.starts_with("AWS::")) pseudo += (pseudo.empty() ? "" : ", ") + other;
  if (!pseudo.empty()) return " Of Amazon's pseudo parameters Heat has these: " + pseudo + ".";
  return did_you_mean(name, [&] {
    std::vector<std::string> known;
    for (const auto& [declared, schema] : tmpl.parameters()) known.push_back(declared);
    for (const auto& [other, value, kind] : values.all()) known.push_back(other);
    return known;
  });
}

/// "a → b → a"
std::string cycle(const std::vector<std::string>& asking, const std::string& again) {
  std::string text;
  for (auto name = std::ranges::find(asking, again); name != asking.end(); ++name)
    text += *name + " → ";
  return text + again;
}

}  // namespace

TemplateScope::TemplateScope(std::shared_ptr<const Template> tmpl, Parameters parameters,
                             Value files, Value facade, yaql::Limits query_limits)
    : template_(std::move(tmpl)),
      parameters_(std::move(parameters)),
      files_(std::move(files)),
      facade_(std::move(facade)),
      query_limits_(query_limits),
      known_resources_(template_->resources().size()) {
  for (const auto& [name, condition] : template_->conditions()) conditions_[name] = &condition;
  for (const auto& [name, parameter] : template_->parameters())
    incomplete_ = incomplete_ || parameters_.find(name) == nullptr;
}

const Value& TemplateScope::parameter(const std::string& name) const {
  static const Value unknown = Value::unknown();
  if (const Value* value = parameters_.find(name)) return *value;
  // Values are optional, or this one is wrong.
  if (template_->parameter(name) || template_->unread({"parameters", name})) return unknown;
  throw Error(ErrorKind::UserParameterMissing, "There is no parameter '" + name + "'." +
                                                   instead_of(name, *template_, parameters_));
}

bool TemplateScope::condition(const std::string& name) const {
  const auto known = known_conditions_.find(name);
  if (known != known_conditions_.end()) return known->second;
  const auto found = conditions_.find(name);
  if (found == conditions_.end()) {
    if (template_->unread({"conditions", name})) return false;
    const auto names = [this] {
      std::vector<std::string> all;
      for (const auto& [other, condition] : conditions_) all.push_back(other);
      return all;
    };
    throw Error(ErrorKind::ValueError,
                "There is no condition '" + name + "'." + did_you_mean(name, names));
  }
  const Path path{"conditions", name};
  if (std::ranges::find(asking_, name) != asking_.end())
    throw Error(ErrorKind::StackValidationFailed,
                "The condition is defined by itself: " + cycle(asking_, name) + ".", path);
  asking_.push_back(name);
  struct Asked {
    std::vector<std::string>& names;
    ~Asked() { names.pop_back(); }
  } const asked{asking_};
  Missing missing;
  const Value value = found->second->evaluate(*this, missing);
  if (value.is(Value::Kind::Unknown)) return known_conditions_[name] = false;
  if (!value.is_bool())
    throw Error(ErrorKind::StackValidationFailed,
                "The condition '" + name + "' must be true or false, but is a " +
                    std::string(value.kind_name()) + ".",
                path);
  return known_conditions_[name] = value.as_bool();
}

std::string TemplateScope::file(const std::string& name) const {
  const Value* file = files_.find(name);
  if (file && file->is_string()) return file->as_string();
  throw Error(ErrorKind::ValueError, "There is no file '" + name + "' among those given." +
                                         did_you_mean(name, [this] { return keys_of(files_); }));
}

void TemplateScope::require(const std::string& resource) const {
  const auto place = template_->index_of(resource);
  if (!place) {
    if (template_->unread({"resources", resource})) return;
    const auto names = [this] {
      std::vector<std::string> all;
      for (const auto& other : template_->resources()) all.push_back(other.name);
      return all;
    };
    throw Error(ErrorKind::InvalidTemplateReference,
                "There is no resource '" + resource + "'." + did_you_mean(resource, names));
  }
  std::optional<bool>& known = known_resources_[*place];
  if (!known) known = may_exist(template_->resources()[*place]);
  if (!*known)
    throw Error(ErrorKind::InvalidTemplateReference,
                "The resource '" + resource + "' does not exist: its condition is false.");
}

/// A condition that can't be worked out is a problem of its own, not one of who names the resource.
bool TemplateScope::may_exist(const ResourceDefinition& definition) const {
  if (incomplete_) return true;
  try {
    return enabled(definition);
  } catch (const Error&) {
    return true;
  }
}

std::optional<Value> TemplateScope::reference(const std::string& resource) const {
  require(resource);
  return Value(resource);
}

std::optional<Value> TemplateScope::attribute(const std::string& resource,
                                              const std::string&) const {
  require(resource);
  return Value();
}

Value TemplateScope::facade(const std::string& what) const {
  if (!facade_.is_null()) return facade_[what];
  throw Error(ErrorKind::ValueError, "A facade is there only in the template of a resource type.");
}

const Value& TemplateScope::mapping(const std::string& name) const {
  const Value& mappings = template_->mappings();
  if (mappings.truthy() && !mappings.is_map())
    throw Error(ErrorKind::ValueError,
                "The mappings must be a map, not a " + std::string(mappings.kind_name()) + ".");
  if (const Value* found = mappings.find(name)) return *found;
  throw Error(ErrorKind::ValueError,
              "There is no mapping '" + name + "'." +
                  did_you_mean(name, [&mappings] { return keys_of(mappings); }));
}

std::optional<Value> TemplateScope::availability_zones() const { return Value(List{"nova"}); }

namespace {
[[noreturn]] void invalid(const Error& error) {
  throw error.kind() == ErrorKind::ValueError ? error.as(ErrorKind::StackValidationFailed) : error;
}

bool holds(const std::optional<Expression>& condition, const Scope& scope) {
  if (!condition) return true;
  Missing missing;
  Evaluation evaluation(scope, missing);
  const Value value = evaluation.value(condition->node());
  try {
    return evaluation.condition(value);
  } catch (const Error& error) {
    invalid(error);
  }
}
}  // namespace

bool TemplateScope::enabled(const ResourceDefinition& definition) const {
  return holds(definition.condition, *this);
}

bool TemplateScope::enabled(const OutputDefinition& definition) const {
  try {
    return holds(definition.condition, *this);
  } catch (const Error& error) {
    invalid(error);
  }
}

DeletionPolicy TemplateScope::deletion_policy(const ResourceDefinition& definition) const {
  if (definition.external_id) return DeletionPolicy::Retain;
  if (!definition.computed_deletion_policy) return definition.deletion_policy;
  Missing missing;
  if (!definition.computed_deletion_policy->attributes(*this).empty())
    throw Error(ErrorKind::StackValidationFailed,
                "The deletion policy can't hang on what becomes of a resource.",
                {"resources", definition.name, "deletion_policy"});
  const Value word = definition.computed_deletion_policy->evaluate(*this, missing);
  if (word.is_null()) return DeletionPolicy::Delete;
  if (const auto policy = deletion_policy_named(word, template_->version())) return *policy;
  throw Error(ErrorKind::StackValidationFailed,
              "The deletion policy must be Delete, Retain or Snapshot.",
              {"resources", definition.name, "deletion_policy"});
}

std::string TemplateScope::external_id(const ResourceDefinition& definition) const {
  if (!definition.external_id) return "";
  Missing missing;
  const Value id = definition.external_id->evaluate(*this, missing);
  return id.is_null() || id.is(Value::Kind::Unknown) ? "" : to_python_str(id);
}

const std::set<std::string>& TemplateScope::required_by(
    const ResourceDefinition& definition) const {
  const auto [known, added] = known_requirements_.try_emplace(&definition);
  std::set<std::string>& names = known->second;
  if (!added || definition.external_id) return names;
  names = definition.properties.resources(*this);
  names.merge(definition.metadata.resources(*this));
  for (const std::string& name : definition.depends_on) {
    const ResourceDefinition* other = template_->resource(name);
    if (other && may_exist(*other)) names.insert(name);
  }
  return names;
}

}  // namespace heat
