#include "template/parameter_schema.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "schema/numbers.h"
#include "schema/pattern.h"
#include "template/version.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Constraint::Kind;

std::optional<Type> type_named(const Value& name) {
  for (const Type type :
       {Type::String, Type::Number, Type::CommaDelimitedList, Type::Json, Type::Boolean})
    if (name == Value(parameter_type_name(type))) return type;
  return std::nullopt;
}

/// Which constraints make sense for which parameters.
bool suits(Kind kind, Type type) {
  switch (kind) {
    case Kind::Range:
    case Kind::Modulo:
      return type == Type::Number;
    case Kind::Length:
      return type == Type::String || type == Type::CommaDelimitedList || type == Type::Json;
    case Kind::AllowedPattern:
      return type == Type::String;
    case Kind::AllowedValues:
    case Kind::Custom:
      return type != Type::Json;
  }
  return false;
}

class SchemaReader {
 public:
  SchemaReader(const std::string& name, std::string_view version)
      : path_{"parameters", name}, version_(version) {}

  ParameterSchema read(const Value& entry) {
    std::vector<std::string> keys = {"type",        "description", "default", "schema",
                                     "constraints", "hidden",      "label",   "immutable"};
    if (version_ >= kTagsSince) keys.push_back("tags");
    check_keys(entry, keys, "a parameter");
    ParameterSchema result;
    Schema& schema = result.schema;
    schema.type = type(entry);
    schema.description = entry["description"].string_or("");
    if (!entry["default"].is_null()) schema.default_value = entry["default"];
    schema.required = !schema.default_value;
    schema.update_allowed = true;
    result.label = entry["label"].string_or("");
    result.hidden = entry["hidden"].truthy();
    result.immutable = entry["immutable"].truthy();
    tags(entry, result);
    constraints(entry["constraints"], schema);
    if (schema.default_value) check_default(schema);
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorKind::InvalidSchemaError, message, path_);
  }

  void check_keys(const Value& map, const std::vector<std::string>& keys, std::string_view what) {
    if (!map.is_map())
      fail("The definition of " + std::string(what) + " must be a map, not a " +
           std::string(map.kind_name()) + ".");
    for (const auto& [key, value, kind] : map.as_map()) {
      if (kind == Value::Kind::String && std::ranges::find(keys, key) != keys.end()) continue;
      path_.push_back(key);
      fail("'" + key + "' is no part of the definition of " + std::string(what) + "." +
           did_you_mean(key, keys));
    }
  }

  Type type(const Value& entry) {
    const Value* name = entry.find("type");
    if (!name) fail("The parameter has no type.");
    if (const auto type = type_named(*name)) return *type;
    path_.push_back("type");
    fail("There is no parameter type " + to_json(*name) +
         "; there are string, number, comma_delimited_list, json and boolean." +
         did_you_mean(name->string_or(""),
                      {"string", "number", "comma_delimited_list", "json", "boolean"}));
  }

  void tags(const Value& entry, ParameterSchema& result) const {
    const Value* tags = entry.find("tags");
    if (!tags) return;
    if (!tags->is_list()) fail("The tags of a parameter must be a list.");
    for (const Value& tag : tags->as_list()) result.tags.push_back(to_python_str(tag));
  }

  void constraints(const Value& written, Schema& schema) {
    if (written.is_null()) return;
    path_.push_back("constraints");
    if (!written.is_list()) fail("The constraints of a parameter must be a list.");
    for (std::size_t i = 0; i < written.as_list().size(); ++i) {
      path_.push_back(std::to_string(i));
      Constraint constraint = this->constraint(written[i]);
      if (!suits(constraint.kind, schema.type))
        fail("This constraint can't be put on a parameter of type " +
             std::string(parameter_type_name(schema.type)) + ".");
      schema.constraints.push_back(std::move(constraint));
      path_.pop_back();
    }
    path_.pop_back();
  }

  Constraint constraint(const Value& written) {
    check_keys(written,
               {"description", "length", "range", "modulo", "allowed_values", "allowed_pattern",
                "custom_constraint"},
               "a constraint");
    Constraint result = kind_and_values(written);
    result.description = written["description"].string_or("");
    return result;
  }

  Constraint kind_and_values(const Value& written) {
    if (version_ >= kModuloSince)
      if (const Value* modulo = written.find("modulo")) return this->modulo(*modulo);
    if (const Value* range = written.find("range")) return bounds(Kind::Range, *range);
    if (const Value* length = written.find("length")) return bounds(Kind::Length, *length);
    Constraint result{.kind = Kind::AllowedValues};
    if (const Value* values = written.find("allowed_values")) {
      if (!values->is_list()) fail("The allowed values must be a list.");
      result.allowed = values->as_list();
    } else if (const Value* pattern = written.find("allowed_pattern")) {
      if (!pattern->is_string()) fail("The allowed pattern must be text.");
      result = {.kind = Kind::AllowedPattern, .text = pattern->as_string()};
      check_pattern(result.text);
    } else if (const Value* custom = written.find("custom_constraint")) {
      result = {.kind = Kind::Custom, .text = to_python_str(*custom)};
    } else {
      fail(
          "The constraint says nothing: it needs length, range, modulo, allowed_values, "
          "allowed_pattern or custom_constraint.");
    }
    return result;
  }

  void check_pattern(const std::string& text) const {
    try {
      compiled_pattern(text);
    } catch (const Error& error) {
      fail(error.message());
    }
  }

  std::optional<Value> number(const Value& map, std::string_view key) const {
    const Value& written = map[key];
    if (written.is_null()) return std::nullopt;
    if (const auto number = to_number(written)) return number;
    throw Error(ErrorKind::ValueError, "'" + std::string(key) + "' must be a number.", path_);
  }

  Constraint bounds(Kind kind, const Value& written) {
    check_keys(written, {"min", "max"}, "a range or length");
    Constraint result{.kind = kind, .min = number(written, "min"), .max = number(written, "max")};
    if (!result.min && !result.max) fail("A range or length needs 'min', 'max' or both.");
    for (const auto& bound : {result.min, result.max})
      if (kind == Kind::Length && bound && bound->is_double())
        fail("'min' and 'max' of a length must be integers.");
    return result;
  }

  Constraint modulo(const Value& written) {
    check_keys(written, {"step", "offset"}, "a modulo constraint");
    const auto step = number(written, "step"), offset = number(written, "offset");
    if (!step || !offset) fail("A modulo constraint needs 'step' and 'offset'.");
    const double s = step->is_bool() ? step->as_bool() : step->as_double();
    const double o = offset->is_bool() ? offset->as_bool() : offset->as_double();
    if (s != std::trunc(s) || o != std::trunc(o)) fail("'step' and 'offset' must be integers.");
    if (s == 0) fail("'step' can't be 0.");
    if (std::abs(o) >= std::abs(s)) fail("'offset' must be smaller than 'step'.");
    if (s * o < 0) fail("'step' and 'offset' must have the same sign.");
    return {.kind = Kind::Modulo, .step = step, .offset = offset};
  }

  void check_default(const Schema& schema) {
    path_.push_back("default");
    Value value = *schema.default_value;
    if (schema.type == Type::CommaDelimitedList) {
      if (!value.is_list() && !value.is_string())
        fail("The default must be a list or text with commas.");
      // An empty text is checked as one empty item, though it becomes a list of none.
      value = value == Value("") ? Value(List{""}) : convert_parameter(schema.type, value);
    }
    for (const Constraint& constraint : schema.constraints) {
      if (constraint.kind == Kind::Custom) continue;
      const std::string what = violation(constraint, schema.type, value);
      if (!what.empty()) fail("The default is wrong: " + what);
    }
  }

  Path path_;
  std::string_view version_;
};

}  // namespace

ParameterSchema read_parameter_schema(const std::string& name, const Value& entry,
                                      std::string_view version) {
  return SchemaReader(name, version).read(entry);
}

}  // namespace heat
