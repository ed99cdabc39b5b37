#pragma once

#include <map>
#include <string>

#include "resource/resource_type.h"
#include "template/environment.h"
#include "template/scope.h"

namespace heat::oracle {

/// A stack without an engine: enough of one to validate resources, to "create" those of Heat's own
/// pure types (Value, TestResource, None), and to read outputs.
class World : public TemplateScope {
 public:
  World(std::shared_ptr<const Template> tmpl, Parameters parameters, Value files,
        const Environment& environment, const Registry& registry);

  std::optional<Value> reference(const std::string& resource) const override;
  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override;

  std::vector<const ResourceDefinition*> enabled_resources() const;
  const ResourceType* type_of(const ResourceDefinition& definition) const;
  std::string type_name(const ResourceDefinition& definition) const;

  /// Types, properties and their constraints of every enabled resource.
  void validate(Diagnostics& problems) const;
  /// Evaluated and converted, as far as this is possible before anything exists.
  Value properties(const ResourceDefinition& definition, Diagnostics& problems) const;
  /// Every resource in the order of dependence.
  void create();

 private:
  const Environment& environment_;
  const Registry& registry_;
  std::map<std::string, Value> created_;  ///< properties of what exists
};

}  // namespace heat::oracle
