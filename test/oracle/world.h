#pragma once

#include <string>

#include "stack/definition.h"

namespace heat::oracle {

/// A stack before anything exists, without an engine: enough of one to validate resources.
class World : public TemplateScope {
 public:
  World(std::shared_ptr<const StackDefinition> definition, const Registry& registry);

  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

  using Member = StackDefinition::Member;

  /// Properties and their constraints of every resource, and the stacks behind those whose types
  /// are templates.
  void validate(Diagnostics& problems) const;
  /// Evaluated and converted, as far as this is possible before anything exists.
  Value properties(const Member& member, Diagnostics& problems) const;

 private:
  void below(const Member& member, const Value& properties, Diagnostics& problems) const;

  const std::shared_ptr<const StackDefinition> definition_;
  const Registry& registry_;
};

}  // namespace heat::oracle
