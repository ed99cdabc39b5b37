#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/value.h"

namespace heat {

/// Json and CommaDelimitedList are parameter types. As the type of a property (a nested template's
/// parameter seen from outside) they mean a map or list that may also be given as text.
enum class Type { String, Integer, Number, Boolean, List, Map, Json, CommaDelimitedList, Any };
/// As templates spell it for a property: "String", "Integer" … or, for parameters, "json" …
std::string_view property_type_name(Type type);
std::string_view parameter_type_name(Type type);

/// One rule a value must obey. Custom constraints name something in the cloud; only a Questions
/// answer can tell (see below).
struct Constraint {
  enum class Kind { Range, Length, AllowedValues, AllowedPattern, Modulo, Custom };
  Kind kind;
  std::optional<Value> min = {}, max = {};      ///< Range, Length
  std::optional<Value> step = {}, offset = {};  ///< Modulo
  std::vector<Value> allowed = {};              ///< AllowedValues
  std::string text = {};                        ///< AllowedPattern: the pattern; Custom: its name
  std::string description = {};
};

struct SchemaMember;

/// The shape of one value: a property, a parameter, an item of a list, a member of a map.
struct Schema {
  Type type = Type::String;
  std::string description;
  std::optional<Value> default_value;
  bool required = false;
  bool update_allowed = false;
  bool immutable = false;
  std::vector<Constraint> constraints;
  std::vector<SchemaMember> members;   ///< Map with known keys, in order
  std::shared_ptr<const Schema> item;  ///< of a List, or of a Map's every value
  std::string support_status;          ///< SUPPORTED, DEPRECATED, HIDDEN …
  std::string support_message;
  std::string support_version;

  static Schema of(Type type);
  const Schema* member(std::string_view name) const;
};

struct SchemaMember {
  std::string name;
  Schema schema;
};

/// A custom constraint to ask the cloud: "is `value` a nova.flavor?"
struct Question {
  std::string constraint;
  Value value;
  Path path;
};
using Questions = std::vector<Question>;

/// A property: `value` as the schema's type ("5" as 5 for an integer, …), defaults and nested
/// members filled in; a member that is absent and has no default is null. Unknown parts are kept as
/// they are. Problems go to `problems`, under `path`; the part they are about becomes null.
Value convert(const Schema& schema, const Value& value, const Path& path, Diagnostics& problems);

/// A parameter's value, by the rules for parameters, which take more spellings than properties: any
/// truth word for a boolean, any value for a string. Throws Error{StackValidationFailed}.
Value convert_parameter(Type type, const Value& value);
/// A parameter's converted value as text.
std::string parameter_text(Type type, const Value& value);

/// Checks a converted value against all constraints of the schema and its parts.
void check_constraints(const Schema& schema, const Value& value, const Path& path,
                       Diagnostics& problems, Questions& questions);
/// One constraint against one value; what is wrong, or empty. Custom ones that only the cloud can
/// answer are not checked here.
std::string violation(const Constraint& constraint, Type type, const Value& value);
/// What the constraint says, for people: "at least 2 characters".
std::string describe(const Constraint& constraint);

/// Whether the value or a part of it is not known yet.
bool contains_unknown(const Value& value);

}  // namespace heat
