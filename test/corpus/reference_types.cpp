#include "reference_types.h"

#include <array>
#include <fstream>

#include "base/check.h"
#include "index.h"
#include "resource/behaviour.h"
#include "text/write.h"

namespace heat::corpus {

namespace {

/// Stands for what only the original can do.
class DescribedOnly final : public Behaviour {
 public:
  Task<> create(Resource&) override { refuse(); }
  Task<> remove(Resource&) override { refuse(); }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorKind::NotSupported, "A type of the reference can't be carried out.");
  }
};

Type type_named(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, Type>, 7> kTypes{{{"string", Type::String},
                                                                     {"integer", Type::Integer},
                                                                     {"number", Type::Number},
                                                                     {"boolean", Type::Boolean},
                                                                     {"list", Type::List},
                                                                     {"map", Type::Map},
                                                                     {"any", Type::Any}}};
  for (const auto& [known, type] : kTypes)
    if (known == name) return type;
  check_failed("the reference has a type of properties that is new: " + name,
               std::source_location::current());
}

std::optional<Value> bound(const Value& bounds, std::string_view key) {
  const Value* value = bounds.find(key);
  return value == nullptr || value->is_null() ? std::nullopt : std::optional(*value);
}

Constraint constraint_of(const Value& written) {
  using Kind = Constraint::Kind;
  for (const auto& [key, kind] : {std::pair("range", Kind::Range), {"length", Kind::Length}})
    if (const Value* bounds = written.find(key))
      return {.kind = kind, .min = bound(*bounds, "min"), .max = bound(*bounds, "max")};
  if (const Value* modulo = written.find("modulo"))
    return {.kind = Kind::Modulo, .step = (*modulo)["step"], .offset = (*modulo)["offset"]};
  if (const Value* values = written.find("allowed_values"))
    return {.kind = Kind::AllowedValues, .allowed = values->as_list()};
  if (const Value* pattern = written.find("allowed_pattern"))
    return {.kind = Kind::AllowedPattern, .text = pattern->as_string()};
  return {.kind = Kind::Custom, .text = written["custom_constraint"].as_string()};
}

Schema schema_of(const Value& written) {
  Schema schema;
  schema.type = type_named(written["type"].as_string());
  if (const Value* value = written.find("default")) schema.default_value = *value;
  schema.required = written["required"].truthy();
  schema.update_allowed = written["update_allowed"].truthy();
  schema.immutable = written["immutable"].truthy();
  if (written["constraints"].is_list())
    for (const Value& constraint : written["constraints"].as_list())
      schema.constraints.push_back(constraint_of(constraint));
  if (const Value* item = written["schema"].find("*"))
    schema.item = std::make_shared<const Schema>(schema_of(*item));
  else if (written["schema"].is_map())
    for (const auto& entry : written["schema"].as_map())
      schema.members.push_back({entry.key, schema_of(entry.value)});
  return schema;
}

std::vector<std::string> steps(const Value& path) {
  std::vector<std::string> result;
  if (path.is_list())
    for (const Value& step : path.as_list()) result.push_back(step.as_string());
  return result;
}

std::shared_ptr<const ResourceType> type_of(const std::string& name, const Value& written) {
  auto type = std::make_shared<ResourceType>();
  type->name = name;
  type->update_policies.reset();  // the reference does not tell them
  for (const auto& entry : written["properties"].as_map())
    type->properties.members.push_back({entry.key, schema_of(entry.value)});
  for (const auto& entry : written["attributes"].as_map())
    type->attributes.emplace_back(entry.key, AttributeSchema());
  if (written["translation_rules"].is_list())
    for (const Value& rule : written["translation_rules"].as_list())
      if (rule["rule"] == Value("Replace"))
        type->translations.push_back({.rule = Translation::Rule::Replace,
                                      .path = steps(rule["path"]),
                                      .value_path = steps(rule["value_path"]),
                                      .value_name = rule["value_name"].string_or("")});
  for (const Value& ability : written["capabilities"].as_list())
    type->can.insert(ability.as_string());
  type->behaviour = std::make_shared<DescribedOnly>();
  return type;
}

}  // namespace

void add_reference_types(Registry& registry, const std::string& file) {
  if (!std::ifstream(file)) return;
  const auto all = std::make_shared<const Value>(from_json(read_text(file)));
  for (const auto& entry : all->as_map())
    if (registry.find(entry.key) == nullptr)
      registry.add(entry.key, [all, name = entry.key] { return type_of(name, *all->find(name)); });
}

}  // namespace heat::corpus
