#include "schema/numbers.h"
#include "schema/schema.h"
#include "template/functions.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;

Map map_or_empty(const Value& value, std::string_view function) {
  if (value.is_null()) return {};
  if (!value.is_map())
    wrong_argument("'" + std::string(function) + "' takes a list of maps, not one with a " +
                   std::string(value.kind_name()) + ".");
  return value.as_map();
}

/// The value that stood as a key in the template.
Value key_value(const std::string& text, Kind kind) {
  switch (kind) {
    case Kind::String:
      return text;
    case Kind::Null:
      return {};
    case Kind::Bool:
      return text == "True" || text == "true";
    default:
      return read_number(text).value_or(Value(text));
  }
}

/// What a map holds under a key that need not be a string; null where there is nothing.
const Value* look_up(const Map& map, const Value& key) {
  if (key.is_string()) return map.find(key.as_string());
  for (const auto& entry : map)
    if (entry.key_kind != Kind::String && key_value(entry.key, entry.key_kind) == key)
      return &entry.value;
  return nullptr;
}

void set_key(Map& map, const Value& key, Value value) {
  if (key.is_list() || key.is_map()) wrong_argument("A list or map can't become a key.");
  map.set(key.is_string() ? key.as_string() : to_python_str(key), std::move(value), key.kind());
}

}  // namespace

Value map_merge(const Value& argument) {
  const Value args = present(argument);
  if (args.is(Kind::Unknown)) return args;
  if (args == Value("")) return Map{};
  if (!args.is_list()) wrong_argument("'map_merge' takes a list of maps.");
  Map merged;
  for (const Value& map : args.as_list()) {
    if (map.is(Kind::Unknown)) return map;
    for (const auto& [key, value, kind] : map_or_empty(map, "map_merge"))
      merged.set(key, value, kind);
  }
  return merged;
}

Value map_replace(const Value& argument) {
  const Value args = present(argument);
  if (!args.is_list() || args.as_list().size() != 2)
    wrong_argument("'map_replace' takes a list: a map, and a map with 'keys' and 'values'.");
  const Map input = map_or_empty(args[0], "map_replace");
  const Map replacements = map_or_empty(args[1], "map_replace");
  for (const auto& [key, value, kind] : replacements)
    if (kind != Kind::String || (key != "keys" && key != "values"))
      wrong_argument("'map_replace' knows 'keys' and 'values' to replace, not '" + key + "'.");
  const Map keys = map_or_empty(Value(replacements)["keys"], "map_replace");
  const Map values = map_or_empty(Value(replacements)["values"], "map_replace");
  Map result;
  for (const auto& [text, value, kind] : input) {
    const Value old_key = key_value(text, kind);
    const Value* new_key = look_up(keys, old_key);
    Value key = new_key && !new_key->is_null() ? *new_key : old_key;
    if (!(key == old_key) && look_up(input, key))
      wrong_argument("The new key " + to_json(key) + " of 'map_replace' is in the map already.");
    if (new_key && !new_key->is_null() && look_up(result, key))
      wrong_argument("Two keys of 'map_replace' become " + to_json(key) + ".");
    const Value* new_value = value.is_list() || value.is_map() ? nullptr : look_up(values, value);
    set_key(result, key, new_value ? *new_value : value);
  }
  return result;
}

}  // namespace heat
