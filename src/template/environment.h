#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/value.h"
#include "text/document.h"

namespace heat {

/// Values and mappings given beside a template.
class Environment {
 public:
  /// Throws Error{HTTPBadRequest / ValueError} where the document is no environment.
  static Environment parse(const Document& document);

  Value parameters;          ///< map
  Value parameter_defaults;  ///< map
  Value encrypted_param_names;  ///< list
  Value event_sinks;         ///< list
  Value parameter_merge_strategies;  ///< map
  Value resource_registry;   ///< map, as written

  /// `other` wins, by its merge strategies.
  void merge(const Environment& other);
  /// As the API shows and the store keeps it.
  Value to_value() const;

  /// The type that stands for `type` in resource `resource_name`, following per-resource mappings,
  /// then global ones with wildcards: "OS::Heat::None", "my.yaml" … or `type` itself.
  std::string resolve_type(const std::string& type, const std::string& resource_name) const;
};

}  // namespace heat
