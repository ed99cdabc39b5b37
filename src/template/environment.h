#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/value.h"
#include "template/resource_registry.h"
#include "text/document.h"

namespace heat {

class Template;

/// Values and mappings given beside a template.
class Environment {
 public:
  /// Throws Error{ValueError}, with the position, where the document is no environment;
  /// Error{InvalidBreakPointHook} or {InvalidRestrictedAction} for wrong words in the registry.
  static Environment parse(const Document& document);

  Value parameters = Map{};
  Value parameter_defaults = Map{};
  Value encrypted_param_names = List{};
  Value event_sinks = List{};
  Value parameter_merge_strategies;  ///< map, or null where the environment says nothing
  Value resource_registry = Map{};   ///< as written

  /// `other` is put over this: its entries win, section by section.
  void merge(const Environment& other);
  /// Puts the named files over this, one after the other, each by its merge strategies. `files`
  /// maps names to texts. Throws Error{ConflictingMergeStrategyForParam,
  /// InvalidMergeStrategyForParam, ValueError}.
  void merge_files(const std::vector<std::string>& names, const Value& files, const Template& tmpl);
  /// As the API shows and the store keeps it.
  Value to_value() const;

  /// The type that stands for `type` in resource `resource_name`, following per-resource mappings,
  /// then global ones with wildcards: "OS::Heat::None", "my.yaml" … or `type` itself. A mapping to
  /// a type that `exists` does not know is passed over for the next that fits. The registry of the
  /// operator's environments is asked last. Throws Error{StackValidationFailed} where mappings lead
  /// round in a circle.
  MappedType resolve_type(const std::string& type, const std::string& resource_name,
                          const std::function<bool(const std::string&)>& exists = nullptr,
                          const Value& operators = {}) const;
  /// What the stack behind a template resource is given: the same but for parameters of its own;
  /// what the registry says for the resource is said for all of it, and the mapping that led to
  /// its template is gone, so that a template may use the type that it stands for.
  Environment below(const std::string& resource_name, const Path& mapping,
                    Value own_parameters) const;
  /// The registry's break points for a resource: "pre-create" … "post-delete".
  std::set<std::string> hooks(const std::string& resource_name) const;
  /// What may not be done to a resource: "update", "replace".
  std::set<std::string> restricted_actions(const std::string& resource_name) const;
};

}  // namespace heat
