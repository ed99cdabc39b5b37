#include "template/parameter_schema.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "schema/numbers.h"
#include "schema/pattern.h"
#include "template/words.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Constraint::Kind;

constexpr Type kTypes[] = {Type::String, Type::Number, Type::CommaDelimitedList, Type::Json,
                           Type::Boolean};

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
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
  SchemaReader(const std::string& name, const Version& version)
      : path_{"parameters", name}, version_(version) {}

  ParameterSchema read(const Value& entry) {
    check_keys(entry, keys(), "a parameter");
    ParameterSchema result;
    Schema& schema = result.schema;
    if (!entry.find(word("type"))) fail("The parameter has no type.");
    schema.description = at(entry, "description").string_or("");
    if (const Value& value = at(entry, "default"); !value.is_null()) schema.default_value = value;
    schema.required = !schema.default_value;
    schema.update_allowed = true;
    result.label = at(entry, "label").string_or("");
    if (is_hot()) {
      result.hidden = entry["hidden"].truthy();
      result.immutable = entry["immutable"].truthy();
      tags(entry, result);
      constraints(entry["constraints"], schema);
    } else {
      result.hidden = lower_case(to_python_str(entry["NoEcho"])) == "true";
      constraints_beside(entry, schema);
    }
    schema.type = type(*entry.find(word("type")));
    return result;
  }

  /// Whether what was read makes sense.
  void check(const Schema& schema) {
    for (std::size_t i = 0; i < schema.constraints.size(); ++i) {
      if (suits(schema.constraints[i].kind, schema.type)) continue;
      path_ = places_[i];
      fail("This constraint can't be put on a parameter of type " +
           word(parameter_type_name(schema.type)) + ".");
    }
    if (schema.default_value) check_default(schema);
  }

 private:
  bool is_hot() const { return version_.language == Language::Hot; }
  std::string word(std::string_view hot) const { return spelled(hot, version_.language); }
  const Value& at(const Value& entry, std::string_view hot) const { return entry[word(hot)]; }

  const std::vector<std::string>& keys() const {
    static const std::vector<std::string> cfn = {
        "Type",      "Description",   "Default",        "Label",
        "NoEcho",    "AllowedValues", "AllowedPattern", "MinLength",
        "MaxLength", "MinValue",      "MaxValue",       "ConstraintDescription"};
    static const std::vector<std::string> first = {
        "type", "description", "default", "schema", "constraints", "hidden", "label", "immutable"};
    static const std::vector<std::string> with_tags = [] {
      std::vector<std::string> keys = first;
      keys.emplace_back("tags");
      return keys;
    }();
    return !is_hot() ? cfn : kTags.contains(version_) ? with_tags : first;
  }

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

  Type type(const Value& written) {
    std::vector<std::string> names;
    for (const Type type : kTypes) {
      names.push_back(word(parameter_type_name(type)));
      if (written.is_string() && written.as_string() == names.back()) return type;
    }
    path_.push_back("type");
    std::string known = names[0];
    for (std::size_t i = 1; i < names.size(); ++i)
      known += (i + 1 < names.size() ? ", " : " and ") + names[i];
    fail("There is no parameter type " + to_json(written) + "; there are " + known + "." +
         did_you_mean(written.string_or(""), names));
  }

  void tags(const Value& entry, ParameterSchema& result) const {
    const Value* tags = entry.find("tags");
    if (!tags) return;
    if (!tags->is_list()) fail("The tags of a parameter must be a list.");
    for (const Value& tag : tags->as_list()) result.tags.push_back(to_python_str(tag));
  }

  void add(Constraint constraint, Schema& schema) {
    schema.constraints.push_back(std::move(constraint));
    places_.push_back(path_);
  }

  /// HOT has a list of constraints.
  void constraints(const Value& written, Schema& schema) {
    if (written.is_null()) return;
    path_.emplace_back("constraints");
    if (!written.is_list()) fail("The constraints of a parameter must be a list.");
    for (std::size_t i = 0; i < written.as_list().size(); ++i) {
      path_.push_back(std::to_string(i));
      add(constraint(written[i]), schema);
      path_.pop_back();
    }
    path_.pop_back();
  }

  /// CloudFormation has them beside the type, with one description.
  void constraints_beside(const Value& entry, Schema& schema) {
    const std::string description = entry["ConstraintDescription"].string_or("");
    const auto add_where = [&](std::initializer_list<const char*> keys, auto read) {
      const auto* key =
          std::ranges::find_if(keys, [&](const char* each) { return entry.find(each); });
      if (key == keys.end()) return;
      path_.emplace_back(*key);
      Constraint constraint = read(entry[*key]);
      constraint.description = description;
      add(std::move(constraint), schema);
      path_.pop_back();
    };
    add_where({"MinValue", "MaxValue"},
              [&](const Value&) { return bounds(Kind::Range, entry, "MinValue", "MaxValue"); });
    add_where({"MinLength", "MaxLength"},
              [&](const Value&) { return bounds(Kind::Length, entry, "MinLength", "MaxLength"); });
    add_where({"AllowedValues"}, [&](const Value& values) { return allowed_values(values); });
    add_where({"AllowedPattern"}, [&](const Value& pattern) { return allowed_pattern(pattern); });
  }

  Constraint constraint(const Value& written) {
    static const std::vector<std::string> keys = {
        "description",     "length",           "range", "modulo", "allowed_values",
        "allowed_pattern", "custom_constraint"};
    check_keys(written, keys, "a constraint");
    Constraint result = kind_and_values(written);
    result.description = written["description"].string_or("");
    return result;
  }

  Constraint kind_and_values(const Value& written) {
    if (kModulo.contains(version_))
      if (const Value* modulo = written.find("modulo")) return this->modulo(*modulo);
    if (const Value* range = written.find("range")) return bounds(Kind::Range, *range);
    if (const Value* length = written.find("length")) return bounds(Kind::Length, *length);
    if (const Value* values = written.find("allowed_values")) return allowed_values(*values);
    if (const Value* pattern = written.find("allowed_pattern")) return allowed_pattern(*pattern);
    if (const Value* custom = written.find("custom_constraint"))
      return {.kind = Kind::Custom, .text = to_python_str(*custom)};
    fail(
        "The constraint says nothing: it needs length, range, modulo, allowed_values, "
        "allowed_pattern or custom_constraint.");
  }

  Constraint allowed_values(const Value& values) const {
    if (!values.is_list()) fail("The allowed values must be a list.");
    return {.kind = Kind::AllowedValues, .allowed = values.as_list()};
  }

  Constraint allowed_pattern(const Value& pattern) const {
    if (!pattern.is_string()) fail("The allowed pattern must be text.");
    try {
      compiled_pattern(pattern.as_string());
    } catch (const Error& error) {
      fail(error.message());
    }
    return {.kind = Kind::AllowedPattern, .text = pattern.as_string()};
  }

  std::optional<Value> number(const Value& map, std::string_view key) const {
    const Value& written = map[key];
    if (written.is_null()) return std::nullopt;
    if (const auto number = to_number(written)) return number;
    throw Error(ErrorKind::ValueError, "'" + std::string(key) + "' must be a number.", path_);
  }

  Constraint bounds(Kind kind, const Value& written) {
    check_keys(written, {"min", "max"}, "a range or length");
    return bounds(kind, written, "min", "max");
  }

  Constraint bounds(Kind kind, const Value& written, const std::string& min,
                    const std::string& max) const {
    Constraint result{.kind = kind, .min = number(written, min), .max = number(written, max)};
    if (!result.min && !result.max)
      fail("A range or length needs '" + min + "', '" + max + "' or both.");
    for (const auto& bound : {result.min, result.max})
      if (kind == Kind::Length && bound && bound->is_double())
        fail("'" + min + "' and '" + max + "' of a length must be integers.");
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
  std::vector<Path> places_;  ///< of the constraints
  const Version& version_;
};

}  // namespace

std::optional<ParameterSchema> read_parameter_schema(const std::string& name, const Value& entry,
                                                     const Version& version,
                                                     Diagnostics& problems) {
  SchemaReader reader(name, version);
  problems.enter(Stage::Schemas);
  try {
    ParameterSchema read = reader.read(entry);
    problems.enter(Stage::Values);
    reader.check(read.schema);
    return read;
  } catch (const Error& error) {
    problems.add(error.kind(), error.message(),
                 error.path().empty() ? Path{"parameters", name} : error.path());
    return std::nullopt;
  }
}

}  // namespace heat
