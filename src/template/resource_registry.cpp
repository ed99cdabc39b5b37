#include "template/resource_registry.h"

#include <fnmatch.h>

#include <algorithm>
#include <span>

namespace heat {

namespace {
constexpr int kDepthLimit = 50;
}

bool is_template_file(std::string_view type) {
  return type.ends_with(".yaml") || type.ends_with(".template");
}

bool is_local_file(std::string_view url) { return url.starts_with("file://"); }

MappedType TypeMappings::resolve(const std::string& type) const {
  return follow(type, {}, 0).value_or(MappedType{type});
}

std::vector<TypeMappings::Mapping> TypeMappings::fitting(const std::string& type) const {
  std::vector<Mapping> found = fitting(type, registry_);
  for (Mapping& mapping : fitting(type, operators_)) {
    mapping.place.clear();
    found.push_back(std::move(mapping));
  }
  return found;
}

/// Mappings for the resource alone come first, then by name: a wildcard sorts before what it
/// covers.
std::vector<TypeMappings::Mapping> TypeMappings::fitting(const std::string& type,
                                                         const Value& registry) const {
  std::vector<Mapping> found;
  const Value& own = registry["resources"][resource_name_][type];
  if (own.is_string())
    found.push_back({type, own.as_string(), {"resources", resource_name_, type}});
  if (!registry.is_map()) return found;
  for (const auto& [name, entry, kind] : registry.as_map()) {
    if (!entry.is_string()) continue;
    const std::string& target = entry.as_string();
    if (name == type) found.push_back({name, target, {name}});
    // No wildcard leads to a template.
    if (!name.ends_with('*') || target == type || is_template_file(target)) continue;
    const std::string prefix = name.substr(0, name.size() - 1);
    if (!type.starts_with(prefix)) continue;
    const bool keeps_rest = target.ends_with('*');
    found.push_back(
        {name,
         keeps_rest ? target.substr(0, target.size() - 1) + type.substr(prefix.size()) : target,
         {name}});
  }
  std::ranges::sort(found, [](const Mapping& a, const Mapping& b) {
    return a.place.size() != b.place.size() ? a.place.size() > b.place.size() : a.name < b.name;
  });
  return found;
}

/// The type at the end of the mappings; nothing where none of them leads to one that exists.
std::optional<MappedType> TypeMappings::follow(const std::string& type, Path mapping,
                                               int depth) const {
  if (depth > kDepthLimit)
    throw Error(ErrorKind::StackValidationFailed,
                "The resource registry maps the type '" + type + "' round in a circle.");
  const bool file = is_template_file(type);
  if (file && depth > 0) return MappedType{type, std::move(mapping)};
  for (const Mapping& next : fitting(type)) {
    if (file && !next.name.ends_with('*')) continue;  // by its own name a file is itself
    if (auto target = follow(next.target, next.place, depth + 1)) return target;
  }
  if (!file && exists_ && !exists_(type)) return std::nullopt;
  return MappedType{type, std::move(mapping)};
}

namespace {

Value without(const Value& registry, std::span<const std::string> place) {
  if (place.empty() || !registry.is_map() || !registry.find(place.front())) return registry;
  Map map = registry.as_map();
  if (place.size() == 1)
    map.erase(place.front());
  else
    map.set(place.front(), without(registry[place.front()], place.subspan(1)));
  return map;
}

}  // namespace

Value registry_below(const Value& registry, const std::string& resource_name, const Path& mapping) {
  const Value left = without(registry, mapping);
  if (!left["resources"].is_map()) return left;
  Map below;
  const auto take = [&below](const Value& entry) {
    if (!entry.is_map()) return;
    for (const auto& [key, value, kind] : entry.as_map())
      if (value.is_map()) below.set(key, value, kind);
  };
  for (const auto& [pattern, entry, kind] : left["resources"].as_map())
    if (fnmatch(pattern.c_str(), resource_name.c_str(), FNM_NOESCAPE) == 0) take(entry);
  take(left["resources"][resource_name]);
  Map result = left.as_map();
  result.set("resources", std::move(below));
  return result;
}

}  // namespace heat
