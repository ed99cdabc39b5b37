#include <algorithm>
#include <cmath>
#include <set>

#include "schema/numbers.h"
#include "schema/schema.h"
#include "text/write.h"

namespace heat {

namespace {

constexpr std::size_t kShown = 80;

/// What is not known yet as three dots.
Value without_unknown(const Value& value) {
  if (value.is(Value::Kind::Unknown) || value.is(Value::Kind::Omitted)) return "…";
  if (value.is_list()) {
    List items;
    for (const Value& item : value.as_list()) items.push_back(without_unknown(item));
    return items;
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, part, kind] : value.as_map()) map.set(key, without_unknown(part), kind);
  return map;
}

/// The value as it is shown in a message: what it looks like in JSON, shortened.
std::string shown(const Value& value) {
  std::string text = to_json(contains_unknown(value) ? without_unknown(value) : value);
  if (text.size() <= kShown) return text;
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

List split_by_comma(const std::string& text) {
  List items;
  if (text.empty()) return items;
  std::size_t begin = 0;
  for (std::size_t comma; (comma = text.find(',', begin)) != std::string::npos; begin = comma + 1)
    items.emplace_back(text.substr(begin, comma - begin));
  items.emplace_back(text.substr(begin));
  return items;
}

std::optional<Value> as_integer(const Value& value) {
  if (value.is_integer()) return value;
  if (value.is_bool()) return Value(std::int64_t{value.as_bool()});
  if (value.is_string()) return read_integer(value.as_string());
  if (!value.is_double() || !std::isfinite(value.as_double())) return std::nullopt;
  char digits[400];
  std::snprintf(digits, sizeof digits, "%.0f", std::trunc(value.as_double()));
  return Value::integer(digits);
}

/// Converts one value, which stands at `base`, with all its parts; `path_` leads from there to
/// where it is at the moment.
class Conversion {
 public:
  Conversion(const Path& base, Diagnostics& problems) : base_(base), problems_(problems) {}

  Value convert(const Schema& schema, const Value& value) {
    if (value.is(Value::Kind::Unknown)) return value;
    if (value.is(Value::Kind::Omitted)) return absent(schema);
    if (value.is_null())
      return schema.default_value ? given(schema, *schema.default_value) : empty(schema);
    return given(schema, value);
  }

 private:
  /// A member that is written nowhere.
  Value absent(const Schema& schema) {
    return schema.default_value ? given(schema, *schema.default_value) : Value();
  }

  /// What an explicit null stands for.
  Value empty(const Schema& schema) {
    switch (schema.type) {
      case Type::String:
        return "";
      case Type::Integer:
      case Type::Number:
        return 0;
      case Type::Boolean:
        return false;
      case Type::List:
      case Type::CommaDelimitedList:
        return List{};
      case Type::Map:
      case Type::Json:
        return map(schema, Map{});
      case Type::Any:
        return {};
    }
    return {};
  }

  Value given(const Schema& schema, const Value& value) {
    switch (schema.type) {
      case Type::Any:
        return value;
      case Type::String:
        return string(value);
      case Type::Boolean:
        return boolean(value);
      case Type::Integer: {
        const auto number = as_integer(value);
        return number ? *number : wrong(value, "an integer");
      }
      case Type::Number: {
        const auto number = to_number(value);
        return number ? *number : wrong(value, "a number");
      }
      case Type::List:
      case Type::CommaDelimitedList:
        return list(schema, value);
      case Type::Map:
      case Type::Json:
        return map(schema, value);
    }
    return value;
  }

  Value string(const Value& value) {
    if (value.is_string()) return value;
    if (value.is_bool() || value.is_integer()) return to_python_str(value);
    return wrong(value, "a string");
  }

  Value boolean(const Value& value) {
    if (value.is_bool()) return value;
    if (value.is_string()) {
      std::string word = value.as_string();
      for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if (word == "true" || word == "false") return word == "true";
    }
    return wrong(value, "a boolean (true or false)");
  }

  Value list(const Schema& schema, const Value& value) {
    if (schema.type == Type::CommaDelimitedList && value.is_string())
      return split_by_comma(value.as_string());
    if (!value.is_list()) return wrong(value, "a list");
    if (!schema.item) return value;
    List items;
    items.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) {
      const std::string step = std::to_string(items.size());
      path_.push_back(step);
      items.push_back(convert(*schema.item, item));
      path_.pop_back();
    }
    return items;
  }

  Value map(const Schema& schema, const Value& value) {
    if (schema.type == Type::Json && value.is_string()) return value;
    if (schema.type == Type::Json && value.is_list())
      return contains_unknown(value) ? Value::unknown() : Value(to_python_json(value, false));
    if (!value.is_map()) return wrong(value, "a map");
    if (!schema.members.empty()) return members(schema, value.as_map());
    if (!schema.item) return value;
    Map result;
    for (const auto& [key, part, kind] : value.as_map()) {
      path_.push_back(key);
      result.add(key, convert(*schema.item, part), kind);
      path_.pop_back();
    }
    return result;
  }

  Value members(const Schema& schema, const Map& map) {
    std::set<std::string> meant;
    for (const auto& [key, part, kind] : map)
      if (kind != Value::Kind::String || !schema.member(key))
        meant.insert(unknown_member(schema, key));
    Map result;
    result.reserve(schema.members.size());
    for (const auto& [name, member] : schema.members) {
      const Value* part = map.find(name);
      if (part && part->is(Value::Kind::Omitted)) part = nullptr;
      if (!part && member.required && !member.default_value && !meant.contains(name))
        problem("Property '" + name + "' is required and was not given.");
      path_.push_back(name);
      result.add(name, part ? convert(member, *part) : absent(member));
      path_.pop_back();
    }
    return result;
  }

  /// Gives the member that was meant, or "".
  std::string unknown_member(const Schema& schema, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& [member, ignored] : schema.members) known.push_back(member);
    path_.push_back(name);
    problem("There is no property '" + name + "' here." + did_you_mean(name, known));
    path_.pop_back();
    return nearest(name, known);
  }

  Value wrong(const Value& value, std::string_view wanted) {
    problem("Expected " + std::string(wanted) + ", got " + std::string(value.kind_name()) + " " +
            shown(value) + ".");
    return {};
  }

  void problem(std::string message) {
    Path path = base_;
    path.insert(path.end(), path_.begin(), path_.end());
    problems_.add(ErrorKind::StackValidationFailed, std::move(message), std::move(path));
  }

  const Path& base_;
  std::vector<std::string_view> path_;
  Diagnostics& problems_;
};

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorKind::StackValidationFailed, message);
}

Value convert_list_parameter(const Value& value) {
  if (value.is_string()) return split_by_comma(value.as_string());
  if (!value.is_list())
    refuse("Expected a list or text with commas, got " + std::string(value.kind_name()) + ".");
  List items;
  for (const Value& item : value.as_list()) items.emplace_back(to_python_str(item));
  return items;
}

/// Whether it comes out of JSON as it goes in.
bool survives_json(const Value& value) {
  if (value.is_double()) return false;
  if (value.is_list()) return std::ranges::all_of(value.as_list(), survives_json);
  return !value.is_map() || std::ranges::all_of(value.as_map(), [](const Map::Entry& entry) {
           return entry.key_kind == Value::Kind::String && survives_json(entry.value);
         });
}

Value convert_json_parameter(const Value& value) {
  if (!value.is_string())
    return survives_json(value) ? value : from_json(to_python_json(value, false));
  if (value.as_string().empty()) return value;
  try {
    return from_json(value.as_string());
  } catch (const Error& error) {
    refuse("Expected JSON: " + error.message());
  }
}

}  // namespace

Value convert(const Schema& schema, const Value& value, const Path& path, Diagnostics& problems) {
  return Conversion(path, problems).convert(schema, value);
}

Value convert_parameter(Type type, const Value& value) {
  if (value.is(Value::Kind::Unknown)) return value;
  switch (type) {
    case Type::Integer:
    case Type::Number:
      if (auto number = to_number(value)) return *number;
      refuse("Expected a number, got " + shown(value) + ".");
    case Type::Boolean:
      if (value.is_bool()) return value;
      if (const auto truth = read_boolean(to_python_str(value))) return *truth;
      refuse("Expected a boolean (true, false, yes, no, on, off, 1, 0), got " + shown(value) + ".");
    case Type::List:
    case Type::CommaDelimitedList:
      return convert_list_parameter(value);
    case Type::Map:
    case Type::Json:
      return convert_json_parameter(value);
    default:
      return value.is_string() ? value : Value(to_python_str(value));
  }
}

std::string parameter_text(Type type, const Value& value) {
  if (value.is(Value::Kind::Unknown)) return {};  // of a template whose stack is only looked at
  if (type == Type::CommaDelimitedList && value.is_list()) {
    std::string text;
    for (const Value& item : value.as_list()) {
      if (&item != &value.as_list().front()) text += ',';
      text += item.string_or("");
    }
    return text;
  }
  return type == Type::Json ? to_python_json(value, false) : to_python_str(value);
}

}  // namespace heat
