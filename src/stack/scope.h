#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "stack/definition.h"
#include "stack/member.h"
#include "template/expression.h"

namespace heat {

/// What every scope of a stack answers alike: parameters, conditions, files, and what was asked of
/// the cloud.
class DefinitionScope : public Scope {
 public:
  explicit DefinitionScope(const StackDefinition& definition) : definition_(definition) {}

  const Value& parameter(const std::string& name) const override {
    return definition_.scope().parameter(name);
  }
  bool condition(const std::string& name) const override {
    return definition_.scope().condition(name);
  }
  std::string file(const std::string& name) const override {
    return definition_.scope().file(name);
  }
  Value facade(const std::string& what) const override { return definition_.scope().facade(what); }
  const Value& mapping(const std::string& name) const override {
    return definition_.scope().mapping(name);
  }
  std::optional<Value> availability_zones() const override { return availability_zones_; }
  void know_availability_zones(Value names) { availability_zones_ = std::move(names); }
  const yaql::Limits& query_limits() const override { return definition_.scope().query_limits(); }

 protected:
  /// Throws InvalidTemplateAttribute where the type has no such attribute, and
  /// InvalidTemplateReference where there is no such resource. Null: one that was not understood.
  const StackDefinition::Member* require(const std::string& resource) const;
  void require_attribute(const std::string& resource, const std::string& attribute) const;

 private:
  const StackDefinition& definition_;
  std::optional<Value> availability_zones_;
};

/// While the stack is worked on: what has been made and fetched so far; the rest is not known yet.
class RunScope final : public DefinitionScope {
 public:
  /// `ready`: whether the walk has done with that resource.
  using Ready = std::function<bool(const std::string& resource)>;
  RunScope(const StackDefinition& definition, const Members& members, Ready ready)
      : DefinitionScope(definition), members_(members), ready_(std::move(ready)) {}

  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

 private:
  const Members& members_;
  Ready ready_;
};

/// Outside a walk (validation, outputs): a resource that does not exist gives its own name as
/// reference and null attributes, as the original does.
class ShownScope final : public DefinitionScope {
 public:
  ShownScope(const StackDefinition& definition, const Members& members)
      : DefinitionScope(definition), members_(members) {}

  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

 private:
  const Members& members_;
};

/// For a plan: what will change is not known.
class PlanScope final : public DefinitionScope {
 public:
  PlanScope(const StackDefinition& definition, const Members& members)
      : DefinitionScope(definition), members_(members) {}

  void will_change(const std::string& resource, bool replaced) {
    changing_.insert(resource);
    if (replaced) replaced_.insert(resource);
  }

  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

 private:
  const Members& members_;
  std::set<std::string> changing_, replaced_;
};

}  // namespace heat
