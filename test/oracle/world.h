#pragma once

#include <map>
#include <string>

#include "stack/definition.h"

namespace heat::oracle {

/// A stack without an engine: enough of one to validate resources, to "create" those of Heat's own
/// pure types (Value, TestResource, None), and to read outputs.
class World : public TemplateScope {
 public:
  World(std::shared_ptr<const StackDefinition> definition, const Registry& registry);

  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

  using Member = StackDefinition::Member;

  /// Properties and their constraints of every resource, and the stacks behind those whose types
  /// are templates.
  void validate(Diagnostics& problems) const;
  /// Evaluated and converted, as far as this is possible before anything exists.
  Value properties(const Member& member, Diagnostics& problems) const;
  /// Every resource in the order of dependence.
  void create();

 private:
  void below(const Member& member, const Value& properties, Diagnostics& problems) const;

  const std::shared_ptr<const StackDefinition> definition_;
  const Registry& registry_;
  std::map<std::string, Value> created_;  ///< properties of what exists
};

}  // namespace heat::oracle
