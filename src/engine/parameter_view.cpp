#include "engine/parameter_view.h"

#include "base/check.h"

namespace heat {

namespace {

const char* type_name(Type type) {
  switch (type) {
    case Type::Integer:
    case Type::Number:
      return "Number";
    case Type::List:
    case Type::CommaDelimitedList:
      return "CommaDelimitedList";
    case Type::Map:
    case Type::Json:
      return "Json";
    case Type::Boolean:
      return "Boolean";
    case Type::String:
    case Type::Any:
      return "String";
  }
  check_failed("a type without a name", std::source_location::current());
}

void set_bounds(Map& view, const char* least, const std::optional<Value>& min, const char* most,
                const std::optional<Value>& max) {
  if (min) view.set(least, *min);
  if (max) view.set(most, *max);
}

void set_constraint(Map& view, const Constraint& constraint) {
  switch (constraint.kind) {
    case Constraint::Kind::Length:
      set_bounds(view, "MinLength", constraint.min, "MaxLength", constraint.max);
      break;
    case Constraint::Kind::Range:
      set_bounds(view, "MinValue", constraint.min, "MaxValue", constraint.max);
      break;
    case Constraint::Kind::Modulo:
      set_bounds(view, "Step", constraint.step, "Offset", constraint.offset);
      break;
    case Constraint::Kind::AllowedValues:
      view.set("AllowedValues", List(constraint.allowed));
      break;
    case Constraint::Kind::AllowedPattern:
      view.set("AllowedPattern", constraint.text);
      break;
    case Constraint::Kind::Custom:
      view.set("CustomConstraint", constraint.text);
      break;
  }
}

}  // namespace

Value shown_parameter(const std::string& name, const ParameterSchema& parameter,
                      const Value* value) {
  const Schema& schema = parameter.schema;
  Map view{{"Type", type_name(schema.type)},
           {"Description", schema.description},
           {"NoEcho", parameter.hidden ? "true" : "false"},
           {"Label", parameter.label.empty() ? name : parameter.label}};
  if (schema.default_value) view.set("Default", *schema.default_value);
  if (value != nullptr && !value->is_null()) view.set("Value", *value);
  if (!parameter.tags.empty()) view.set("Tags", List(parameter.tags.begin(), parameter.tags.end()));
  std::string described;
  for (const Constraint& constraint : schema.constraints) {
    set_constraint(view, constraint);
    if (!constraint.description.empty())
      described += (described.empty() ? "" : " ") + constraint.description;
  }
  if (!described.empty()) view.set("ConstraintDescription", described);
  return view;
}

}  // namespace heat
