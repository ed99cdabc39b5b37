#include <algorithm>

#include "base/utf8.h"
#include "schema/formats.h"
#include "schema/numbers.h"
#include "schema/pattern.h"
#include "schema/schema.h"
#include "text/write.h"

namespace heat {

namespace {

std::optional<std::int64_t> length(const Value& value) {
  if (value.is_list()) return static_cast<std::int64_t>(value.as_list().size());
  if (value.is_map()) return static_cast<std::int64_t>(value.as_map().size());
  if (!value.is_string()) return std::nullopt;
  return static_cast<std::int64_t>(count_points(value.as_string()));
}

/// "between 1 and 5", "at least 1", "at most 5".
std::string bounds(const Constraint& constraint) {
  if (constraint.min && constraint.max)
    return "between " + to_python_str(*constraint.min) + " and " + to_python_str(*constraint.max);
  if (constraint.min) return "at least " + to_python_str(*constraint.min);
  return "at most " + to_python_str(*constraint.max);
}

bool within(const Constraint& constraint, const Value& number) {
  return (!constraint.min || compare_numbers(number, *constraint.min) >= 0) &&
         (!constraint.max || compare_numbers(number, *constraint.max) <= 0);
}

/// An allowed value may be spelt otherwise than the given one: "5" is 5 where numbers are wanted.
std::optional<Value> comparable(Type type, const Value& value) {
  switch (type) {
    case Type::Integer: {
      auto number = to_number(value);
      return number && number->is_double() ? std::nullopt : number;
    }
    case Type::Number:
      return to_number(value);
    case Type::String:
      return value.is_string() ? value : Value(to_python_str(value));
    case Type::Boolean: {
      if (value.is_bool()) return value;
      const auto truth = read_boolean(to_python_str(value));
      return truth ? std::optional<Value>(*truth) : std::nullopt;
    }
    default:
      return value;
  }
}

bool allowed(const Constraint& constraint, Type type, const Value& value) {
  const auto& all = constraint.allowed;
  if (value.is_list())
    return std::ranges::all_of(value.as_list(), [&](const Value& item) {
      return std::ranges::find(all, item) != all.end();
    });
  const auto wanted = comparable(type, value);
  if (!wanted) return false;
  bool found = false;
  for (const Value& one : all) {
    if (one.kind() == wanted->kind()) {
      found = found || one == *wanted;
      continue;
    }
    const auto candidate = comparable(type, one);
    if (!candidate) return false;  // it can't be allowed, so nothing is, as in the original
    found = found || *candidate == *wanted;
  }
  return found;
}

std::string allowed_values(const Constraint& constraint) {
  std::string text;
  for (const Value& value : constraint.allowed) text += (text.empty() ? "" : ", ") + to_json(value);
  return text;
}

std::string range_violation(const Constraint& constraint, const Value& value) {
  const auto number = to_number(value);
  if (!number) return "A number is needed here, not " + std::string(value.kind_name()) + ".";
  if (within(constraint, *number)) return {};
  return to_python_str(*number) + " is out of range: it must be " + bounds(constraint) + ".";
}

std::string length_violation(const Constraint& constraint, const Value& value) {
  const auto size = length(value);
  if (!size) return "A " + std::string(value.kind_name()) + " has no length that could be checked.";
  if (within(constraint, *size)) return {};
  return "The length is " + std::to_string(*size) + ", but must be " + bounds(constraint) + ".";
}

std::string modulo_violation(const Constraint& constraint, const Value& value) {
  const auto number = to_number(value);
  if (number && remainder(*number, *constraint.step) == *constraint.offset) return {};
  return to_python_str(value) + " is no multiple of " + to_python_str(*constraint.step) + " plus " +
         to_python_str(*constraint.offset) + ".";
}

std::string pattern_violation(const Constraint& constraint, const Value& value) {
  if (value.is_string() && compiled_pattern(constraint.text).matches(value.as_string())) return {};
  return (value.is_string() ? "'" + value.as_string() + "'" : to_json(value)) +
         " does not match the pattern '" + constraint.text + "'.";
}

std::string find_violation(const Constraint& constraint, Type type, const Value& value) {
  switch (constraint.kind) {
    case Constraint::Kind::Range:
      return range_violation(constraint, value);
    case Constraint::Kind::Length:
      return length_violation(constraint, value);
    case Constraint::Kind::Modulo:
      return modulo_violation(constraint, value);
    case Constraint::Kind::AllowedPattern:
      return pattern_violation(constraint, value);
    case Constraint::Kind::AllowedValues:
      if (allowed(constraint, type, value)) return {};
      return to_json(value) + " is not allowed here; allowed are " + allowed_values(constraint) +
             ".";
    case Constraint::Kind::Custom:
      if (const Format* format = find_format(constraint.text)) return format->problem(value);
      if (is_cloud_constraint(constraint.text)) return {};
      return "There is no custom constraint '" + constraint.text + "'." +
             did_you_mean(constraint.text, constraint_names());
  }
  return {};
}

/// Walks a value, which stands at `base`, along its schema; `path_` leads from there to where it is
/// at the moment.
class Check {
 public:
  Check(const Path& base, Diagnostics& problems, Questions& questions)
      : base_(base), problems_(problems), questions_(questions) {}

  void check(const Schema& schema, const Value& value) {
    if (value.is_null() || value.is(Value::Kind::Omitted) || value.is(Value::Kind::Unknown)) return;
    for (const Constraint& constraint : schema.constraints) check(constraint, schema.type, value);
    if (value.is_list() && schema.item) items(*schema.item, value.as_list());
    if (value.is_map()) members(schema, value.as_map());
  }

 private:
  void check(const Constraint& constraint, Type type, const Value& value) {
    if (contains_unknown(value)) return;
    if (constraint.kind == Constraint::Kind::Custom && is_cloud_constraint(constraint.text)) {
      questions_.push_back({constraint.text, value, here()});
      return;
    }
    const std::string what = violation(constraint, type, value);
    if (!what.empty()) problems_.add(ErrorKind::StackValidationFailed, what, here());
  }

  Path here() const {
    Path path = base_;
    path.insert(path.end(), path_.begin(), path_.end());
    return path;
  }

  void items(const Schema& schema, const List& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string step = std::to_string(i);
      path_.push_back(step);
      check(schema, list[i]);
      path_.pop_back();
    }
  }

  void members(const Schema& schema, const Map& map) {
    if (schema.members.empty() && !schema.item) return;
    for (const auto& [key, part, kind] : map) {
      const Schema* member = schema.members.empty() ? schema.item.get() : schema.member(key);
      if (!member) continue;
      path_.push_back(key);
      check(*member, part);
      path_.pop_back();
    }
  }

  const Path& base_;
  std::vector<std::string_view> path_;
  Diagnostics& problems_;
  Questions& questions_;
};

}  // namespace

std::string violation(const Constraint& constraint, Type type, const Value& value) {
  std::string what = find_violation(constraint, type, value);
  return what.empty() || constraint.description.empty() ? what : constraint.description;
}

std::string describe(const Constraint& constraint) {
  switch (constraint.kind) {
    case Constraint::Kind::Range:
      return "The value must be " + bounds(constraint) + ".";
    case Constraint::Kind::Length:
      return "The length must be " + bounds(constraint) + ".";
    case Constraint::Kind::AllowedValues:
      return "Allowed values: " + allowed_values(constraint);
    case Constraint::Kind::AllowedPattern:
      return "The value must match the pattern '" + constraint.text + "'.";
    case Constraint::Kind::Modulo:
      return "The value must be a multiple of " + to_python_str(*constraint.step) + " plus " +
             to_python_str(*constraint.offset) + ".";
    case Constraint::Kind::Custom:
      return "The value must be a " + constraint.text + ".";
  }
  return {};
}

void check_constraints(const Schema& schema, const Value& value, const Path& path,
                       Diagnostics& problems, Questions& questions) {
  Check(path, problems, questions).check(schema, value);
}

}  // namespace heat
