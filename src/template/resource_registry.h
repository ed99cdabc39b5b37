#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/value.h"

namespace heat {

/// Whether a type's name is that of a template file.
bool is_template_file(std::string_view type);
/// Whether it is a URL of this machine's files.
bool is_local_file(std::string_view url);
/// The registry of the stack behind a resource: what was said for the resource is said for all of
/// it, and the mapping that led to its template leads there no more.
Value registry_below(const Value& registry, const std::string& resource_name, const Path& mapping);

/// What a type stands for.
struct MappedType {
  std::string type;
  Path mapping = {};  ///< place in the registry of the last mapping to it; empty: none led there
};

/// The mappings of types that an environment's resource_registry makes for one resource, and behind
/// them those of the operator.
class TypeMappings {
 public:
  TypeMappings(const Value& registry, const Value& operators, const std::string& resource_name,
               const std::function<bool(const std::string&)>& exists)
      : registry_(registry),
        operators_(operators),
        resource_name_(resource_name),
        exists_(exists) {}

  /// See Environment::resolve_type.
  MappedType resolve(const std::string& type) const;

 private:
  struct Mapping {
    std::string name;    ///< as the registry has it, perhaps with '*' at its end
    std::string target;  ///< what it stands for
    Path place;          ///< in the environment's own registry; empty: the operator's
  };
  std::vector<Mapping> fitting(const std::string& type) const;
  std::vector<Mapping> fitting(const std::string& type, const Value& registry) const;
  std::optional<MappedType> follow(const std::string& type, Path mapping, int depth) const;

  const Value& registry_;
  const Value& operators_;
  const std::string& resource_name_;
  const std::function<bool(const std::string&)>& exists_;
};

}  // namespace heat
