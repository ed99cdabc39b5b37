#include "template/kinds.h"

#include <utility>
#include <vector>

namespace heat {

Kinds Kinds::of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
    case Value::Kind::Omitted:
      return Null;
    case Value::Kind::Bool:
      return Boolean;
    case Value::Kind::String:
      return Text;
    case Value::Kind::List:
      return List;
    case Value::Kind::Map:
      return Map;
    case Value::Kind::Unknown:
      return {};
    default:
      return Number;
  }
}

Kinds Kinds::taken_by(const Schema& schema) {
  switch (schema.type) {
    case Type::String:
    case Type::Integer:
    case Type::Number:
      return Null | Boolean | Number | Text;
    case Type::Boolean:
      return Null | Boolean | Text;
    case Type::List:
      return Null | List;
    case Type::CommaDelimitedList:
      return Null | List | Text;
    case Type::Map:
      return Null | Map;
    case Type::Json:
      return Null | Map | List | Text;
    case Type::Any:
      return {};
  }
  return {};
}

Kinds Kinds::given_by(Type type) {
  switch (type) {
    case Type::String:
      return Text;
    case Type::Integer:
    case Type::Number:
      return Number;
    case Type::Boolean:
      return Boolean;
    case Type::List:
    case Type::CommaDelimitedList:
      return List;
    default:
      return {};  // JSON may be anything
  }
}

Kinds Kinds::named(const std::string& type) {
  if (type == "String") return Null | Text;
  if (type == "Integer" || type == "Number") return Null | Number | Text;
  if (type == "Boolean") return Null | Boolean | Text;
  if (type == "List") return Null | List;
  if (type == "Map") return Null | Map;
  return {};
}

std::string Kinds::str() const {
  static const std::vector<std::pair<Kind, const char*>> names = {{Boolean, "a boolean"},
                                                                  {Number, "a number"},
                                                                  {Text, "text"},
                                                                  {List, "a list"},
                                                                  {Map, "a map"}};
  std::string text;
  for (const auto& [kind, name] : names)
    if (!(*this & kind).empty()) text += (text.empty() ? "" : " or ") + std::string(name);
  return text.empty() ? "null" : text;
}

}  // namespace heat
