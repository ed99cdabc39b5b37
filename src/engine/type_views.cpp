#include "engine/type_views.h"

#include <algorithm>

#include "base/diagnostics.h"
#include "base/error.h"
#include "schema/pattern.h"

namespace heat {

namespace {

constexpr const char* kStatuses[] = {"UNKNOWN",    "SUPPORTED",   "PROTOTYPE",
                                     "DEPRECATED", "UNSUPPORTED", "HIDDEN"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value limits(const std::optional<Value>& min, const std::optional<Value>& max) {
  Map result;
  if (min) result.set("min", *min);
  if (max) result.set("max", *max);
  return result;
}

Value constraint_view(const Constraint& constraint) {
  Map view;
  switch (constraint.kind) {
    case Constraint::Kind::Range:
      view.set("range", limits(constraint.min, constraint.max));
      break;
    case Constraint::Kind::Length:
      view.set("length", limits(constraint.min, constraint.max));
      break;
    case Constraint::Kind::AllowedValues:
      view.set("allowed_values", List(constraint.allowed));
      break;
    case Constraint::Kind::AllowedPattern:
      view.set("allowed_pattern", constraint.text);
      break;
    case Constraint::Kind::Modulo:
      view.set("modulo", Map{{"step", constraint.step.value_or(Value())},
                             {"offset", constraint.offset.value_or(Value())}});
      break;
    case Constraint::Kind::Custom:
      view.set("custom_constraint", constraint.text);
      break;
  }
  if (!constraint.description.empty()) view.set("description", constraint.description);
  return view;
}

List constraints_view(const Schema& schema) {
  List views;
  for (const Constraint& constraint : schema.constraints)
    views.push_back(constraint_view(constraint));
  return views;
}

Value property_view(const Schema& schema) {
  Map view{{"type", lower(property_type_name(schema.type))}};
  if (!schema.description.empty()) view.set("description", schema.description);
  if (schema.default_value && !schema.default_value->is_null())
    view.set("default", *schema.default_value);
  if (schema.item) {
    view.set("schema", Map{{"*", property_view(*schema.item)}});
  } else if (!schema.members.empty()) {
    Map members;
    for (const auto& [name, member] : schema.members) members.set(name, property_view(member));
    view.set("schema", std::move(members));
  }
  view.set("required", schema.required);
  if (!schema.constraints.empty()) view.set("constraints", constraints_view(schema));
  view.set("update_allowed", schema.update_allowed);
  view.set("immutable", schema.immutable);
  return view;
}

Map attributes_view(const ResourceType& type) {
  Map views;
  for (const auto& [name, attribute] : type.attributes) {
    if (attribute.support_status == "HIDDEN") continue;
    Map view;
    if (!attribute.description.empty()) view.set("description", attribute.description);
    if (!attribute.type.empty()) view.set("type", lower(attribute.type));
    views.set(name, std::move(view));
  }
  if (!views.contains("show"))
    views.set("show",
              Map{{"description", "All that the service tells about it."}, {"type", "map"}});
  return views;
}

/// "comma_delimited_list" in HOT, "CommaDelimitedList" in CFN.
std::string parameter_type(Type type, bool hot) {
  switch (type) {
    case Type::Integer:
    case Type::Number:
      return hot ? "number" : "Number";
    case Type::Boolean:
      return hot ? "boolean" : "Boolean";
    case Type::List:
    case Type::CommaDelimitedList:
      return hot ? "comma_delimited_list" : "CommaDelimitedList";
    case Type::Map:
    case Type::Json:
      return hot ? "json" : "Json";
    case Type::String:
    case Type::Any:
      break;
  }
  return hot ? "string" : "String";
}

Value hot_parameter(const Schema& schema) {
  Map view{{"type", parameter_type(schema.type, true)}};
  if (!schema.description.empty()) view.set("description", schema.description);
  if (schema.default_value && !schema.default_value->is_null())
    view.set("default", *schema.default_value);
  if (!schema.constraints.empty()) view.set("constraints", constraints_view(schema));
  return view;
}

Value cfn_parameter(const Schema& schema) {
  Map view{{"Type", parameter_type(schema.type, false)}};
  if (!schema.description.empty()) view.set("Description", schema.description);
  if (schema.default_value && !schema.default_value->is_null())
    view.set("Default", *schema.default_value);
  for (const Constraint& constraint : schema.constraints) {
    const bool length = constraint.kind == Constraint::Kind::Length;
    if (length || constraint.kind == Constraint::Kind::Range) {
      if (constraint.min) view.set(length ? "MinLength" : "MinValue", *constraint.min);
      if (constraint.max) view.set(length ? "MaxLength" : "MaxValue", *constraint.max);
    }
    if (constraint.kind == Constraint::Kind::AllowedValues)
      view.set("AllowedValues", List(constraint.allowed));
    if (constraint.kind == Constraint::Kind::AllowedPattern)
      view.set("AllowedPattern", constraint.text);
  }
  if (schema.type == Type::Boolean)
    view.set("AllowedValues", List{"True", "true", "False", "false"});
  return view;
}

/// The parameter's value, as the property takes it.
Value parameter_reference(const std::string& name, const Schema& schema, bool hot) {
  if (hot) return Map{{"get_param", name}};
  const Map reference{{"Ref", name}};
  if (schema.type != Type::List) return reference;
  return Map{{"Fn::Split", List{",", reference}}};
}

Map outputs_view(const ResourceType& type, const std::string& resource, bool hot) {
  Map outputs;
  for (const auto& [name, attribute, kind] : attributes_view(type)) {
    const List target{resource, name};
    Map output{{hot ? "value" : "Value", Map{{hot ? "get_attr" : "Fn::GetAtt", target}}}};
    if (const Value* text = attribute.find("description"))
      output.set(hot ? "description" : "Description", *text);
    outputs.set(name, std::move(output));
  }
  outputs.set("OS::stack_id",
              Map{{hot ? "value" : "Value", Map{{hot ? "get_resource" : "Ref", resource}}}});
  return outputs;
}

/// A pattern for the beginning of a name, as Python's re.match takes it. Nothing: it is none.
std::optional<Pattern> beginning(const Value& text) {
  try {
    return Pattern("(?:" + text.string_or("") + ")[\\s\\S]*");
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

Value list_types(const Registry& registry, const Value& filters) {
  const std::string status = filters["support_status"].string_or("");
  if (!status.empty() &&
      std::find(std::begin(kStatuses), std::end(kStatuses), status) == std::end(kStatuses))
    throw Error(ErrorKind::Invalid, "There is no support status '" + status +
                                        "': it is UNKNOWN, SUPPORTED, PROTOTYPE, DEPRECATED, "
                                        "UNSUPPORTED or HIDDEN.");
  const std::string version = filters["heat_version"].string_or("");
  const auto pattern = beginning(filters["type_name"]);
  if (!pattern) return List();

  List types;
  for (const std::string& name : registry.names()) {
    if (!pattern->matches(name)) continue;
    const auto type = registry.find(name);
    if (type->support_status == "HIDDEN") continue;
    if (!status.empty() && type->support_status != status) continue;
    if (!version.empty() && type->support_version != version) continue;
    if (filters["with_description"].truthy())
      types.push_back(Map{{"resource_type", name}, {"description", type->description}});
    else
      types.push_back(name);
  }
  return types;
}

Value type_schema(const ResourceType& type, bool with_description) {
  Map properties;
  for (const auto& [name, schema] : type.properties.members)
    if (schema.support_status != "HIDDEN") properties.set(name, property_view(schema));
  Map view{{"resource_type", type.name},
           {"properties", std::move(properties)},
           {"attributes", attributes_view(type)},
           {"support_status", Map{{"status", type.support_status},
                                  {"message", or_null(type.support_message)},
                                  {"version", or_null(type.support_version)},
                                  {"previous_status", nullptr}}}};
  if (with_description) view.set("description", type.description);
  return view;
}

Value type_template(const ResourceType& type, const std::string& language) {
  const bool hot = language == "hot";
  const std::size_t colon = type.name.rfind(':');
  const std::string resource = colon == std::string::npos ? type.name : type.name.substr(colon + 1);
  Map parameters, properties;
  for (const auto& [name, schema] : type.properties.members) {
    if (schema.support_status == "HIDDEN") continue;
    parameters.set(name, hot ? hot_parameter(schema) : cfn_parameter(schema));
    properties.set(name, parameter_reference(name, schema, hot));
  }
  const std::string description = "Initial template of " + resource;
  Map outputs = outputs_view(type, resource, hot);
  if (hot)
    return Map{{"heat_template_version", "2016-10-14"},
               {"description", description},
               {"parameters", std::move(parameters)},
               {"outputs", std::move(outputs)},
               {"resources",
                Map{{resource, Map{{"type", type.name}, {"properties", std::move(properties)}}}}}};
  return Map{{"HeatTemplateFormatVersion", "2012-12-12"},
             {"Description", description},
             {"Parameters", std::move(parameters)},
             {"Resources",
              Map{{resource, Map{{"Type", type.name}, {"Properties", std::move(properties)}}}}},
             {"Outputs", std::move(outputs)}};
}

std::shared_ptr<const ResourceType> type_to_show(const Registry& registry,
                                                 const std::string& name) {
  auto type = registry.find(name);
  if (!type)
    throw Error(ErrorKind::EntityNotFound, "The Resource Type (" + name + ") could not be found." +
                                               did_you_mean(name, registry.names()));
  if (type->support_status == "HIDDEN")
    throw Error(ErrorKind::NotSupported, name + " is hidden: only old stacks still have it.");
  return type;
}

}  // namespace heat
