#include <algorithm>
#include <array>
#include <map>

#include "base/diagnostics.h"
#include "base/utf8.h"
#include "schema/numbers.h"
#include "schema/schema.h"
#include "template/functions.h"
#include "template/words.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;
constexpr std::array<std::string_view, 3> kFacades = {"metadata", "deletion_policy",
                                                      "update_policy"};

std::string kind_of(const Value& value) { return std::string(value.kind_name()); }

/// Why nothing in the template is meant by a name that is no parameter's.
std::string no_resource(const std::string& name, const Scope& scope) {
  try {
    scope.reference(name);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::InvalidTemplateReference) return error.message();
  }
  return "There is a resource of that name, but a condition can't refer to it.";
}

std::vector<std::string> keys_of(const Value& map) {
  std::vector<std::string> keys;
  for (const auto& entry : map.as_map()) keys.push_back(entry.key);
  return keys;
}

/// The entry of a part of a mapping, which `what` describes: "The mapping 'images'".
const Value& entry_of(const Value& map, const Value& key, const std::string& what) {
  if (!map.is_map()) wrong_argument(what + " must be a map, not a " + kind_of(map) + ".");
  if (!key.is_string()) wrong_argument("A key of a mapping is text, not " + to_json(key) + ".");
  if (const Value* found = map.find(key.as_string())) return *found;
  wrong_argument(what + " has no key '" + key.as_string() + "'." +
                 did_you_mean(key.as_string(), [&map] { return keys_of(map); }));
}

/// An index as Python's int() reads it; as it is where it is none.
Value as_index(const Value& written) {
  if (written.is_string()) return read_integer(written.as_string()).value_or(written);
  if (written.is_double()) return static_cast<std::int64_t>(written.as_double());
  if (written.is_bool()) return std::int64_t{written.as_bool()};
  return written;
}

Value read_json(const std::string& text) {
  try {
    return from_json(text);
  } catch (const Error& error) {
    wrong_argument("The text to select from is no JSON: " + error.message());
  }
}

Value select_from_list(const List& list, const Value& written) {
  const Value index = as_index(written);
  if (!index.is_int())
    wrong_argument("The index into a list must be an integer, not " + to_json(written) + ".");
  const auto size = static_cast<std::int64_t>(list.size());
  const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
  return at < 0 || at >= size ? Value("") : list[static_cast<std::size_t>(at)];
}

/// One item of a member list: ".member.1.Name=web" is number "1", key "Name", value "web".
struct Member {
  std::string number, key, value;
};

/// Nothing where the item is of another form, which is then left out.
std::optional<Member> member_of(const Value& item) {
  constexpr std::string_view kPrefix = ".member.";
  if (!item.is_string())
    wrong_argument("The items of a member list must be texts, not a " + kind_of(item) + ".");
  const std::string& text = item.as_string();
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    wrong_argument("The item '" + text + "' of the member list has no '='.");
  const std::string name = text.substr(0, equals);
  const std::size_t dot = name.find('.', kPrefix.size());
  if (!name.starts_with(kPrefix) || dot == std::string::npos) return std::nullopt;
  std::string number = name.substr(kPrefix.size(), dot - kPrefix.size());
  if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
  return Member{std::move(number), name.substr(dot + 1), text.substr(equals + 1)};
}

/// Numbers without leading zeros, in their order.
struct ByNumber {
  bool operator()(const std::string& a, const std::string& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

}  // namespace

std::string check_ref(const Node& argument, std::string_view name) {
  if (argument.kind == Node::Kind::Literal) return {};
  return takes(name, "the name of a parameter or resource, as it is.");
}

Value ref_parameter(const Node& argument, Evaluation& evaluation) {
  const Value& name = argument.source();
  if (!name.is_string())
    throw Error(ErrorKind::InvalidTemplateReference,
                "A parameter or resource is named by text, not by " + to_json(name) + ".");
  try {
    return evaluation.scope.parameter(name.as_string());
  } catch (const Error& error) {
    throw Error(ErrorKind::InvalidTemplateReference,
                error.message() + " " + no_resource(name.as_string(), evaluation.scope));
  }
}

std::string check_get_att(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list of a resource and an attribute of it.");
}

std::string check_find_in_map(const Node& argument, std::string_view name) {
  // The original takes a text of three letters for three names.
  const bool letters =
      argument.source().is_string() && count_points(argument.source().as_string()) == 3;
  if (letters || is_list(argument, 3, 3)) return {};
  return takes(name, "a list: a mapping, a key in it, and a key in what is found there.");
}

Value find_in_map(const Node& argument, Evaluation& evaluation) {
  const Value args = evaluation.value(argument);
  if (contains_unknown(args)) return Value::unknown();
  if (!args[0].is_string()) wrong_argument("A mapping is named by text.");
  const std::string& name = args[0].as_string();
  const Value& found =
      entry_of(evaluation.scope.mapping(name), args[1], "The mapping '" + name + "'");
  return entry_of(found, args[2], "'" + args[1].as_string() + "' in the mapping '" + name + "'");
}

Value availability_zones(const Node&, Evaluation& evaluation) {
  if (auto zones = evaluation.scope.availability_zones()) return *std::move(zones);
  evaluation.missing.availability_zones = true;
  return Value::unknown();
}

std::string check_facade(const Node& argument, std::string_view name) {
  for (const std::string_view what : kFacades)
    if (!argument.is_call() && argument.source() == Value(spelled(what, Language::Cfn))) return {};
  return takes(name, "one of Metadata, DeletionPolicy and UpdatePolicy.");
}

Value facade(const Node& argument, Evaluation& evaluation) {
  for (const std::string_view what : kFacades)
    if (argument.source() == Value(spelled(what, Language::Cfn)))
      return evaluation.scope.facade(std::string(what));
  return {};
}

std::string check_select(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list: an index or key, and the list or map to select from.");
}

Value select(const Value& argument) {
  const Value key = part(argument, 0);
  Value from = part(argument, 1);
  if (from == Value("")) return "";
  if (from.is_string()) from = read_json(from.as_string());
  if (from.is_null()) return "";
  if (from.is_list()) return select_from_list(from.as_list(), key);
  if (!from.is_map())
    wrong_argument("Only from a list or map can be selected, not from a " + kind_of(from) + ".");
  if (!key.is_string())
    wrong_argument("The key into a map must be text, not " + to_json(key) + ".");
  const Value* found = from.find(key.as_string());
  return found ? *found : Value("");
}

std::string check_split(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list: the delimiter, and the text to split.");
}

Value split(const Value& argument) {
  for (const std::size_t i : {0U, 1U})
    if (const Value text = part(argument, i); !text.is_string())
      wrong_argument("The delimiter and what is split must be texts, not a " + kind_of(text) + ".");
  return str_split(argument);
}

std::string check_replace(const Node& argument, std::string_view name) {
  if (!is_list(argument, 2, 2))
    return takes(name, "a list: a map of what to replace by what, and the text to replace in.");
  const Node& replacements = argument.items[0];
  if (replacements.kind == Node::Kind::Map || replacements.is_call()) return {};
  return "What '" + std::string(name) + "' replaces must be a map.";
}

Value replace(const Value& argument) {
  return str_replace(Map{{"params", part(argument, 0)}, {"template", part(argument, 1)}});
}

std::string check_member_list(const Node& argument, std::string_view name) {
  const auto is_text = [&](std::size_t i) {
    return !argument.items[i].is_call() && argument.items[i].source().is_string();
  };
  if (is_list(argument, 3, 3) && is_text(0) && is_text(1)) return {};
  return takes(name,
               "a list: what keys are called, what values are called, and a list such as "
               "['.member.0.Name=key', '.member.0.Value=value'].");
}

Value member_list_to_map(const Value& argument) {
  const std::string key_name = argument[0].as_string(), value_name = argument[1].as_string();
  const Value list = part(argument, 2);
  if (!list.is_list())
    wrong_argument("The member list must be a list, not a " + kind_of(list) + ".");
  std::map<std::string, std::map<std::string, std::string>, ByNumber> members;
  for (const Value& item : list.as_list())
    if (auto member = member_of(item)) members[member->number][member->key] = member->value;
  Map result;
  for (const auto& [number, parts] : members)
    if (const auto key = parts.find(key_name), value = parts.find(value_name);
        key != parts.end() && value != parts.end())
      result.set(key->second, value->second);
  return result;
}

Value text_as_it_is(const Value& argument) {
  if (argument.is_string()) return argument;
  wrong_argument("Only text can be encoded, not a " + kind_of(argument) + ".");
}

}  // namespace heat
