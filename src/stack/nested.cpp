#include "stack/nested.h"

#include "resource/behaviour.h"

namespace heat {

namespace {

/// A resource that is a stack of its own.
class NestedStack final : public Behaviour {
 public:
  explicit NestedStack(bool understood) : understood_(understood) {}

  Task<> create(Resource&) override { refuse(); }
  Task<> remove(Resource&) override { refuse(); }
  bool placeholder() const override { return !understood_; }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorKind::NotSupported, "Stacks within stacks can't be carried out yet.");
  }

  bool understood_;
};

Schema property_of(const std::string& name, const ParameterSchema& parameter,
                   const Value& parameter_defaults) {
  Schema schema = parameter.schema;
  schema.required = !schema.default_value && parameter_defaults[name].is_null();
  schema.default_value.reset();  // the template below has it
  schema.update_allowed = true;
  if (parameter.hidden) schema.constraints.clear();  // checked below, without showing the value
  return schema;
}

/// Lists reach a template as text with commas; of maps, as ".member.0.key=value".
Value joined(const List& items, const Path& path, Diagnostics& problems) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (!text.empty()) text += ',';
    text += part;
  };
  const bool maps = !items.empty() && items.front().is_map();
  bool first = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value& item = items[i];
    if (maps && item.is_map()) {
      for (const auto& [key, value, kind] : item.as_map())
        add(".member." + std::to_string(i) + "." + key + "=" + value.string_or(""));
    } else if (!maps && (item.is_string() || item.is_null())) {
      if (!first) text += ',';
      text += item.string_or("");
    } else {
      Path place = path;
      place.push_back(std::to_string(i));
      problems.add(ErrorKind::StackValidationFailed,
                   "The items of a list that is given to a template must be text; this is a " +
                       std::string(item.kind_name()) + ".",
                   place);
      return {};
    }
    first = false;
  }
  return text;
}

}  // namespace

std::shared_ptr<const ResourceType> template_type(const std::string& file, const std::string& text,
                                                  const Value& parameter_defaults) {
  Diagnostics problems;
  const auto tmpl = Template::parse(Document::read(text, file), problems);
  auto type = std::make_shared<ResourceType>();
  type->name = file;
  type->description = tmpl->description();
  for (const auto& [name, parameter] : tmpl->parameters())
    type->properties.members.push_back({name, property_of(name, parameter, parameter_defaults)});
  for (const OutputDefinition& output : tmpl->outputs()) {
    AttributeSchema attribute;
    attribute.description = output.description;
    type->attributes.emplace_back(output.name, std::move(attribute));
  }
  type->behaviour = std::make_shared<NestedStack>(problems.empty());
  return type;
}

std::string no_such_template(const std::string& file) {
  return "There is no template '" + file + "' among the files given.";
}

void check_stand_in(const ResourceType& type, const ResourceType& known, const Path& path,
                    Diagnostics& problems) {
  if (type.behaviour->placeholder() || known.behaviour->placeholder()) return;
  const auto problem = [&](const std::string& message) {
    problems.add(ErrorKind::StackValidationFailed,
                 "The template '" + type.name + "' can't stand for " + known.name + ": " + message,
                 path);
  };
  const auto as_parameter = [](Type one) {
    return property_type_name(one == Type::Integer ? Type::Number : one);
  };
  for (const auto& [name, schema] : known.properties.members) {
    const Schema* ours = type.property(name);
    if (ours == nullptr && schema.required)
      problem("it has no parameter '" + name + "', a property that must be given.");
    else if (ours != nullptr && as_parameter(schema.type) != as_parameter(ours->type))
      problem("its parameter '" + name + "' is a " + std::string(as_parameter(ours->type)) +
              ", the property a " + std::string(as_parameter(schema.type)) + ".");
  }
  for (const auto& [name, schema] : type.properties.members)
    if (schema.required && known.property(name) == nullptr)
      problem("it needs the parameter '" + name + "', which is no property.");
  for (const auto& [name, schema] : known.attributes)
    if (type.attribute(name) == nullptr)
      problem("it has no output '" + name + "', which is an attribute.");
}

Value parameters_below(const ResourceType& type, const Value& properties, const Path& path,
                       Diagnostics& problems) {
  Map parameters;
  for (const auto& [name, schema] : type.properties.members) {
    const Value& value = properties[name];
    if (value.is_null()) continue;
    Path place = path;
    place.push_back(name);
    if (contains_unknown(value))
      parameters.set(name, Value::unknown());
    else if (value.is_list())
      parameters.set(name, joined(value.as_list(), place, problems));
    else
      parameters.set(name, value);
  }
  return parameters;
}

Diagnostic of_template_below(Diagnostic problem, const std::string& resource,
                             const std::string& file) {
  Path path{"resources", resource + "<" + file + ">"};
  path.insert(path.end(), problem.path.begin(), problem.path.end());
  problem.path = std::move(path);
  const bool named = problem.kind == ErrorKind::InvalidSchemaError ||
                     problem.kind == ErrorKind::InvalidTemplateVersion ||
                     problem.kind == ErrorKind::NotSupported;
  problem.stage = Stage::Contents;
  if (!named) problem.kind = ErrorKind::StackValidationFailed;
  return problem;
}

}  // namespace heat
