#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "template/parameters.h"
#include "template/template.h"

namespace heat {

/// What a template, its parameters and its files know by themselves: conditions are worked out
/// once, when they are first asked for. It is the scope of validation, where no resource exists
/// yet: one refers to its own name, and attributes are null; without a cloud the only availability
/// zone is "nova". The scopes of a running stack and of a
/// plan derive from it and answer for resources.
class TemplateScope : public Scope {
 public:
  /// `facade`: a map of what `resource_facade` gives; null: the template is no resource's.
  TemplateScope(std::shared_ptr<const Template> tmpl, Parameters parameters, Value files,
                Value facade = {}, yaql::Limits query_limits = {});

  const Template& tmpl() const { return *template_; }
  const Parameters& parameters() const { return parameters_; }

  const Value& parameter(const std::string& name) const override;
  bool condition(const std::string& name) const override;
  std::string file(const std::string& name) const override;
  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;
  Value facade(const std::string& what) const override;
  const Value& mapping(const std::string& name) const override;
  std::optional<Value> availability_zones() const override;
  const yaql::Limits& query_limits() const override { return query_limits_; }

  /// Whether the condition of the resource or output holds. Throws what evaluating it throws;
  /// Error{StackValidationFailed} where it comes to the name of no condition.
  bool enabled(const ResourceDefinition& definition) const;
  bool enabled(const OutputDefinition& definition) const;
  DeletionPolicy deletion_policy(const ResourceDefinition& definition) const;
  /// The id of what the resource stands for where it is not the stack's to make; empty: it is.
  std::string external_id(const ResourceDefinition& definition) const;
  /// Names of the resources that must exist before this one: those it depends on by word, as far
  /// as they are enabled, and those its properties and metadata refer to.
  const std::set<std::string>& required_by(const ResourceDefinition& definition) const;

  /// Throws Error{InvalidTemplateReference} where the template has no such resource, or its
  /// condition is false.
  void require(const std::string& resource) const;

 private:
  bool may_exist(const ResourceDefinition& definition) const;

  std::shared_ptr<const Template> template_;
  Parameters parameters_;
  bool incomplete_ = false;  ///< a parameter has no value: conditions may only seem false
  Value files_, facade_;
  yaql::Limits query_limits_;
  std::map<std::string, const Expression*> conditions_;
  mutable std::map<std::string, bool> known_conditions_;
  mutable std::vector<std::string> asking_;  ///< conditions being worked out, outermost first
  mutable std::vector<std::optional<bool>> known_resources_;  ///< by their place
  mutable std::map<const ResourceDefinition*, std::set<std::string>> known_requirements_;
};

}  // namespace heat
