#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "resource/resource_type.h"
#include "stack/nested.h"
#include "store/rows.h"
#include "template/environment.h"
#include "template/parameters.h"
#include "template/scope.h"
#include "template/template.h"

namespace heat {

/// Where a template stands: whose it is in a tree of stacks.
struct TemplatePlace {
  std::string file = "template";  ///< as positions name it
  Value facade = {};  ///< what `resource_facade` gives of the resource it stands behind; null: none
};

/// What a stack is to be, loaded: template, environment, files and parameter values, each resource
/// with its type. Immutable. Pure.
class StackDefinition {
 public:
  struct Member {
    const ResourceDefinition* definition;
    std::shared_ptr<const ResourceType> type;

    /// What it is made of. Whatever a placeholder says, it is made of nothing.
    const Expression& properties() const;
  };

  /// Collects every problem of the document, of the parameters and of the types named. What can't
  /// be understood at all throws. `questions` are the parameters' custom constraints.
  static std::shared_ptr<const StackDefinition> load(
      const DefinitionRow& row, const Parameters::Pseudo& pseudo, const Registry& registry,
      Diagnostics& problems, Questions& questions,
      Parameters::Values values = Parameters::Values::Required, TemplatePlace place = {});
  /// As above, for what was accepted before: throws the problems.
  static std::shared_ptr<const StackDefinition> load(const DefinitionRow& row,
                                                     const Parameters::Pseudo& pseudo,
                                                     const Registry& registry);

  const Template& tmpl() const { return scope_->tmpl(); }
  const Environment& environment() const { return environment_; }
  const Parameters& parameters() const { return scope_->parameters(); }
  /// What template, parameters and files know by themselves.
  const TemplateScope& scope() const { return *scope_; }

  /// The resources that exist here: those whose condition holds, in the template's order.
  const std::vector<Member>& members() const { return members_; }
  /// Names of those that are only placeholders.
  std::set<std::string> placeholders() const;
  std::optional<std::size_t> index_of(const std::string& resource) const;
  /// Whether it was written, but not understood (the type is not known, …): only where problems
  /// were found.
  bool unclear(const std::string& resource) const;
  /// The outputs whose condition holds.
  const std::vector<const OutputDefinition*>& outputs() const { return outputs_; }
  /// The type of a resource, also of one that does not exist here; null where it is not known.
  const ResourceType* type_of(const std::string& resource) const;
  /// The template that is the type of the resource; null where its type is none.
  const NestedTemplate* nested(const std::string& resource) const;
  /// Templates that are types here, but not among the files. A local file (file:///…) is one only
  /// where the operator's environments name it.
  const std::set<std::string>& missing_templates() const { return missing_templates_; }
  const Value& files() const { return files_; }
  /// The definition of the stack behind a resource whose type is a template.
  DefinitionRow below(const std::string& resource, Value parameters) const;
  TemplatePlace place_below(const ResourceDefinition& resource, const Scope& scope) const;
  /// Attributes of the resource that other resources or outputs read.
  std::set<std::string> used_of(const std::string& resource) const;

 private:
  void find_members(const Registry& registry, Diagnostics& problems);
  std::shared_ptr<const ResourceType> template_type_of(const ResourceDefinition& resource,
                                                       MappedType mapped);
  void find_used_attributes() const;

  std::optional<TemplateScope> scope_;
  Environment environment_;
  Value files_;
  std::vector<Member> members_;
  std::vector<std::optional<std::size_t>> index_;  ///< by the resource's place in the template
  std::set<std::string> unclear_;
  std::vector<std::shared_ptr<const ResourceType>> types_;  ///< the same
  std::vector<const OutputDefinition*> outputs_;
  /// By resource; worked out when it is first asked for.
  mutable std::optional<std::map<std::string, std::set<std::string>>> used_;
  std::set<std::string> missing_templates_;
  std::map<std::string, NestedTemplate> nested_;                               ///< by resource
  std::map<std::string, std::shared_ptr<const ResourceType>> template_types_;  ///< by file
};

}  // namespace heat
