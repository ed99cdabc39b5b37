#include "template/resource_registry.h"

#include <algorithm>

#include "base/error.h"

namespace heat {

namespace {
constexpr int kDepthLimit = 50;
}

bool is_template_file(std::string_view type) {
  return type.ends_with(".yaml") || type.ends_with(".template");
}

std::string TypeMappings::resolve(const std::string& type) const {
  return follow(type, 0).value_or(type);
}

/// Mappings for the resource alone come first, then by name: a wildcard sorts before what it
/// covers.
std::vector<TypeMappings::Mapping> TypeMappings::fitting(const std::string& type) const {
  std::vector<Mapping> found;
  const Value& own = registry_["resources"][resource_name_][type];
  if (own.is_string()) found.push_back({type, own.as_string(), true});
  if (!registry_.is_map()) return found;
  for (const auto& [name, entry, kind] : registry_.as_map()) {
    if (!entry.is_string()) continue;
    const std::string& target = entry.as_string();
    if (name == type) found.push_back({name, target, false});
    if (!name.ends_with('*') || target == type) continue;
    const std::string prefix = name.substr(0, name.size() - 1);
    if (!type.starts_with(prefix)) continue;
    const bool keeps_rest = target.ends_with('*') && !is_template_file(target);
    found.push_back(
        {name,
         keeps_rest ? target.substr(0, target.size() - 1) + type.substr(prefix.size()) : target,
         false});
  }
  std::ranges::sort(found, [](const Mapping& a, const Mapping& b) {
    return a.of_resource != b.of_resource ? a.of_resource : a.name < b.name;
  });
  return found;
}

/// The type at the end of the mappings; nothing where none of them leads to one that exists.
std::optional<std::string> TypeMappings::follow(const std::string& type, int depth) const {
  if (depth > kDepthLimit)
    throw Error(ErrorKind::StackValidationFailed,
                "The resource registry maps the type '" + type + "' round in a circle.");
  if (is_template_file(type)) return type;
  for (const Mapping& mapping : fitting(type))
    if (auto target =
            is_template_file(mapping.target) ? mapping.target : follow(mapping.target, depth + 1))
      return target;
  if (exists_ && !exists_(type)) return std::nullopt;
  return type;
}

}  // namespace heat
