#include "schema/schema.h"

#include <algorithm>

namespace heat {

std::string_view property_type_name(Type type) {
  switch (type) {
    case Type::String:
      return "String";
    case Type::Integer:
      return "Integer";
    case Type::Number:
      return "Number";
    case Type::Boolean:
      return "Boolean";
    case Type::List:
    case Type::CommaDelimitedList:
      return "List";
    case Type::Map:
    case Type::Json:
      return "Map";
    case Type::Any:
      return "Any";
  }
  return "?";
}

std::string_view parameter_type_name(Type type) {
  switch (type) {
    case Type::String:
      return "string";
    case Type::Boolean:
      return "boolean";
    case Type::Integer:
    case Type::Number:
      return "number";
    case Type::List:
    case Type::CommaDelimitedList:
      return "comma_delimited_list";
    default:
      return "json";
  }
}

Schema Schema::of(Type type) {
  Schema schema;
  schema.type = type;
  return schema;
}

const Schema* Schema::member(std::string_view name) const {
  for (const auto& [known, schema] : members)
    if (known == name) return &schema;
  return nullptr;
}

bool contains_unknown(const Value& value) {
  if (value.is(Value::Kind::Unknown)) return true;
  if (value.is_list()) return std::ranges::any_of(value.as_list(), contains_unknown);
  if (value.is_map())
    return std::ranges::any_of(
        value.as_map(), [](const Map::Entry& entry) { return contains_unknown(entry.value); });
  return false;
}

}  // namespace heat
