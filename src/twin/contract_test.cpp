#include "twin/contract.h"

#include <algorithm>

#include "text/write.h"

namespace heat::twin {

namespace {

constexpr std::string_view kAny = "{any}";

std::string zeroed(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= '0' && c <= '9') c = '0';
  return out;
}

/// How much of the text a placeholder of that kind takes.
std::size_t extent(std::string_view placeholder, std::string_view text) {
  const std::string_view kind = placeholder.substr(0, placeholder.find('-'));
  std::string_view digits = "0123456789abcdef";
  std::size_t most = 32;
  if (kind == "uuid") digits = "0123456789abcdef-", most = 36;
  if (kind == "mac") digits = "0123456789abcdef:", most = 17;
  if (kind == "ip") digits = "0123456789abcdef.:", most = 39;
  if (kind == "request") digits = "0123456789abcdefrq-", most = 40;
  return std::min({text.find_first_not_of(digits), most, text.size()});
}

/// The name in "{uuid-1}…", or empty where the text does not begin with a placeholder.
std::string_view placeholder_at(std::string_view text) {
  const std::size_t end = text.find('}');
  if (!text.starts_with('{') || end == text.npos) return {};
  const std::string_view name = text.substr(1, end - 1);
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return name.find_first_not_of(kLetters) == name.npos ? name : std::string_view();
}

std::string shown(const Value& value) {
  std::string text = to_json(value);
  if (text.size() > 300) text = text.substr(0, 300) + "…";
  return text;
}

}  // namespace

std::string Contract::difference(const Value& recorded, const Value& actual) {
  Bindings bound = bound_;
  std::string found = compare(recorded, actual, bound, "");
  bound_ = std::move(bound);
  return found;
}

bool Contract::same_text(std::string_view recorded, std::string_view actual, Bindings& bound) {
  if (recorded.find("0000-00-00") != recorded.npos && recorded.find('{') == recorded.npos)
    return zeroed(recorded) == zeroed(actual);
  while (!recorded.empty()) {
    const std::string_view name = placeholder_at(recorded);
    if (name.empty()) {
      if (actual.empty() || actual.front() != recorded.front()) return false;
      recorded.remove_prefix(1);
      actual.remove_prefix(1);
      continue;
    }
    const auto known = bound.find(name);
    const std::string value =
        known != bound.end() ? known->second : std::string(actual.substr(0, extent(name, actual)));
    if (value.empty() || !actual.starts_with(value)) return false;
    if (known == bound.end()) {
      // An address that was given back may be another's later; an id may not.
      if (name.starts_with("uuid") || name.starts_with("hex"))
        for (const auto& [other, text] : bound)
          if (text == value) return false;
      bound.emplace(name, value);
    }
    recorded.remove_prefix(name.size() + 2);
    actual.remove_prefix(value.size());
  }
  return actual.empty();
}

std::string Contract::compare_lists(const List& recorded, const List& actual, Bindings& bound,
                                    const std::string& where) {
  if (recorded.size() != actual.size())
    return where + ": " + std::to_string(actual.size()) + " entries instead of " +
           std::to_string(recorded.size()) + ": " + shown(actual) + " for " + shown(recorded);
  std::vector<bool> used(actual.size());
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    std::string first;
    bool found = false;
    for (std::size_t step = 0; step < actual.size() && !found; ++step) {
      const std::size_t j = (i + step) % actual.size();
      if (used[j]) continue;
      Bindings trial = bound;
      std::string difference =
          compare(recorded[i], actual[j], trial, where + "[" + std::to_string(i) + "]");
      found = difference.empty();
      if (found) bound = std::move(trial), used[j] = true;
      if (first.empty()) first = std::move(difference);
    }
    if (!found) return first;
  }
  return {};
}

std::string Contract::compare(const Value& recorded, const Value& actual, Bindings& bound,
                              const std::string& where) {
  if (recorded.is_string() && recorded.as_string() == kAny)
    return actual.is_map() || actual.is_list() ? where + ": a whole " + shown(actual) : "";
  if (recorded.is_string() && actual.is_string())
    return same_text(recorded.as_string(), actual.as_string(), bound)
               ? ""
               : where + ": " + shown(actual) + " instead of " + shown(recorded);
  if (recorded.is_list() && actual.is_list())
    return compare_lists(recorded.as_list(), actual.as_list(), bound, where);
  if (!recorded.is_map() || !actual.is_map())
    return recorded == actual && recorded.kind_name() == actual.kind_name()
               ? ""
               : where + ": " + shown(actual) + " instead of " + shown(recorded);
  Map expected;
  for (const auto& [key, value, kind] : recorded.as_map()) {
    std::string name = key;
    if (const auto known = bound.find(placeholder_at(key)); known != bound.end())
      name = known->second;
    expected.set(name, value);
  }
  for (const auto& [key, value, kind] : expected) {
    const Value* member = actual.find(key);
    if (!member) return where + ": no '" + key + "'";
    std::string difference = compare(value, *member, bound, where + "." + key);
    if (!difference.empty()) return difference;
  }
  for (const auto& [key, value, kind] : actual.as_map())
    if (!expected.contains(key)) return where + ": '" + key + "' should not be there";
  return {};
}

std::string Contract::fill(std::string_view text) {
  std::string filled;
  while (!text.empty()) {
    const std::string name(placeholder_at(text));
    if (name.empty()) {
      filled += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (!bound_.contains(name)) {
      const std::string digits = std::to_string(10 + ++unbound_);
      bound_[name] = name.starts_with("hex") ? std::string(30, '0') + digits
                                             : "00000000-0000-4000-8000-0000000000" + digits;
    }
    filled += bound_[name];
    text.remove_prefix(name.size() + 2);
  }
  return filled;
}

Value Contract::fill(const Value& value) {
  if (value.is_string()) return fill(std::string_view(value.as_string()));
  if (value.is_list()) {
    List list;
    for (const Value& each : value.as_list()) list.push_back(fill(each));
    return list;
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, member, kind] : value.as_map())
    map.set(fill(std::string_view(key)), fill(member));
  return map;
}

}  // namespace heat::twin
