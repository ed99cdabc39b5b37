#include "main/assignments.h"

#include <algorithm>
#include <cctype>

#include "base/diagnostics.h"
#include "base/error.h"
#include "base/log.h"

namespace heat {

namespace {

constexpr int kDeepest = 10;  // of values that refer to values

std::string variable_of(const std::string& group, const std::string& name = "") {
  std::string text = "HEAT_" + group + "_" + name;
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::size_t end_of_name(const std::string& text, std::size_t at) {
  while (at < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_'))
    ++at;
  return at;
}

[[noreturn]] void refuse(const IniEntry& entry, const std::string& message) {
  throw Error(ErrorKind::ValueError, message).at(entry.position);
}

}  // namespace

Assignments::Assignments(const std::vector<Option>& options, const std::vector<IniEntry>& entries,
                         const Variables& environment)
    : options_(options) {
  std::map<std::string, Key> variables;
  for (const Option& option : options)
    variables[variable_of(option.group, option.name)] = {option.group, option.name};
  for (const IniEntry& entry : entries) {
    entries_[{entry.group, entry.name}] = &entry;
    if (find({entry.group, entry.name}) == nullptr) warn(entry);
  }
  for (auto given = environment.begin(); given != environment.end(); ++given) {
    const auto known = variables.find(given->first);
    if (known != variables.end())
      variables_[known->second] = given;
    else
      warn(given->first);
  }
}

bool Assignments::apply(const Option& option) const {
  const Key key{option.group, option.name};
  const auto variable = variables_.find(key);
  const auto entry = entries_.find(key);
  if (variable == variables_.end() && entry == entries_.end()) return false;
  try {
    option.set(resolved(key, 0));
  } catch (Error& error) {
    if (variable != variables_.end())
      throw Error(error.kind(),
                  error.message() + " (environment variable " + variable->second->first + ")");
    if (!error.position()) error.at(entry->second->position);
    throw;
  }
  return true;
}

const Option* Assignments::find(const Key& key) const {
  const auto found = std::ranges::find_if(options_, [&](const Option& option) {
    return option.group == key.first && option.name == key.second;
  });
  return found == options_.end() ? nullptr : &*found;
}

std::string Assignments::resolved(const Key& key, int depth) const {
  if (const auto variable = variables_.find(key); variable != variables_.end())
    return variable->second->second;
  if (const auto entry = entries_.find(key); entry != entries_.end())
    return filled_in(*entry->second, depth);
  return find(key)->text();
}

// The format lets "$name", "${name}" and "${group.name}" stand for other values, and "$$" for "$".
std::string Assignments::filled_in(const IniEntry& entry, int depth) const {
  if (depth > kDeepest) refuse(entry, "The value refers to itself.");
  const std::string& value = entry.value;
  std::string text;
  for (std::size_t at = 0; at < value.size();) {
    if (value[at] != '$' || at + 1 == value.size()) {
      text += value[at++];
    } else if (value[at + 1] == '$') {
      text += '$';
      at += 2;
    } else {
      const bool braces = value[at + 1] == '{';
      const std::size_t begin = at + 1 + braces;
      const std::size_t end = braces ? value.find('}', begin) : end_of_name(value, begin);
      if (end == std::string::npos || end == begin)
        refuse(entry, "After \"$\" an option's name must follow; write \"$$\" for a dollar.");
      text += other(entry, value.substr(begin, end - begin), depth);
      at = end + braces;
    }
  }
  return text;
}

std::string Assignments::other(const IniEntry& entry, const std::string& reference,
                               int depth) const {
  const auto dot = reference.find('.');
  std::vector<Key> keys{{entry.group, reference}, {"DEFAULT", reference}};
  if (dot != std::string::npos) keys = {{reference.substr(0, dot), reference.substr(dot + 1)}};
  for (const Key& key : keys)
    if (entries_.contains(key) || find(key) != nullptr) return resolved(key, depth + 1);
  refuse(entry, "\"$" + reference + "\" names no option; write \"$$\" for a dollar.");
}

/// A section that is none of ours is worth one line, a misspelt option one each.
void Assignments::warn(const IniEntry& entry) {
  std::vector<std::string> names;
  for (const Option& option : options_)
    if (option.group == entry.group) names.push_back(option.name);
  if (!names.empty())
    log::warning(
        "this option is not known and has no effect." + did_you_mean(entry.name, names),
        {{"option", "[" + entry.group + "] " + entry.name}, {"place", entry.position.str()}});
  else if (warned_.insert(entry.group).second)
    log::warning("this section is not known and has no effect",
                 {{"section", entry.group}, {"place", entry.position.str()}});
}

void Assignments::warn(const std::string& variable) const {
  const bool ours = std::ranges::any_of(options_, [&](const Option& option) {
    return variable.starts_with(variable_of(option.group));
  });
  if (ours) log::warning("this environment variable names no option", {{"variable", variable}});
}

}  // namespace heat
