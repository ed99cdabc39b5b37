#include "resource/rest/rules.h"

#include <algorithm>
#include <span>

#include "base/error.h"

namespace heat::rest {

namespace {

/// Not null, and no text, list or map without content: that is how templates say "nothing".
bool given(const Value& value) {
  if (value.is_null()) return false;
  if (value.is_string()) return !value.as_string().empty();
  if (value.is_list()) return !value.as_list().empty();
  return !value.is_map() || !value.as_map().empty();
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<std::string> given_of(const std::vector<std::string>& names, const Value& properties) {
  std::vector<std::string> found;
  for (const auto& name : names)
    if (given(properties[name])) found.push_back(name);
  return found;
}

bool applies(const Rule& rule, const Value& properties) {
  for (const auto& [name, wanted] : rule.when) {
    const Value& value = properties[name];
    if (wanted.is_null() ? !given(value) : value != wanted) return false;
  }
  return true;
}

std::string condition(const Rule& rule) {
  std::string text;
  for (const auto& [name, wanted] : rule.when) {
    text += text.empty() ? " where " : " and ";
    text += name + (wanted.is_null() ? " is given" : " has this value");
  }
  return text;
}

/// What `steps` lead to in the sibling's properties; null where they lead nowhere.
const Value& value_at(const Sibling& sibling, std::span<const std::string> steps) {
  const Value* value = &sibling.properties[steps.front()];
  for (const auto& step : steps.subspan(1)) value = &(*value)[step];
  return *value;
}

}  // namespace

void check_rules(const std::vector<Rule>& rules, const Value& properties, const Path& path,
                 Diagnostics& problems) {
  for (const Rule& rule : rules) {
    if (!applies(rule, properties)) continue;
    const std::string where = condition(rule);
    for (const auto& name : rule.require)
      if (!given(properties[name]))
        problems.add(ErrorKind::ResourcePropertyDependency, name + " must be given" + where + ".",
                     path);
    if (const auto both = given_of(rule.conflict, properties); both.size() > 1)
      problems.add(ErrorKind::ResourcePropertyConflict,
                   "Cannot define the following properties at the same time: " + listed(both) +
                       where + ". Keep one of them.",
                   path);
    if (const auto some = given_of(rule.one_of, properties); !rule.one_of.empty()) {
      if (some.empty())
        problems.add(ErrorKind::PropertyUnspecifiedError,
                     "At least one of the following properties must be specified: " +
                         listed(rule.one_of) + where + ".",
                     path);
      if (some.size() > 1)
        problems.add(ErrorKind::ResourcePropertyConflict,
                     "Cannot define the following properties at the same time: " + listed(some) +
                         where + ". Keep one of them.",
                     path);
    }
    if (const auto some = given_of(rule.forbid, properties); !some.empty())
      problems.add(ErrorKind::StackValidationFailed,
                   listed(some) + " cannot be given" + where + ".", path);
  }
}

Neighbours siblings_first(const std::vector<Dependency>& dependencies, const Sibling& self,
                          const Siblings& all) {
  Neighbours first;
  for (const Dependency& dependency : dependencies) {
    for (const Sibling* sibling : all.of_type(dependency.type)) {
      if (sibling == &self) continue;
      const bool same = std::ranges::all_of(dependency.where, [&](const auto& pair) {
        const auto& [theirs, ours] = pair;
        const Value& value = value_at(self, ours);
        return given(value) && value_at(*sibling, theirs) == value;
      });
      if (same) first.push_back(sibling);
    }
  }
  return first;
}

}  // namespace heat::rest
