#include "stack/outlook.h"

#include "resource/behaviour.h"
#include "template/kinds_check.h"

namespace heat {

namespace {

class DefinitionOutlook final : public Outlook {
 public:
  explicit DefinitionOutlook(const StackDefinition& definition)
      : definition_(definition), template_(definition.tmpl()) {}

  std::optional<Kinds> parameter(const std::string& name, std::string& about) const override {
    if (const ParameterSchema* declared = template_.parameter(name))
      return Kinds::given_by(declared->schema.type);
    return known([&] { definition_.scope().parameter(name); }, about);
  }

  std::optional<Kinds> reference(const std::string& resource, std::string& about) const override {
    if (exists(resource)) return Kinds(Kinds::Text);
    return known([&] { definition_.scope().require(resource); }, about);
  }

  std::optional<Kinds> attribute(const std::string& resource, const std::string& attribute,
                                 std::string& about) const override {
    if (!exists(resource)) return known([&] { definition_.scope().require(resource); }, about);
    const ResourceType* type = definition_.type_of(resource);
    if (!type || type->behaviour->placeholder() || attribute == "show") return Kinds();
    if (const AttributeSchema* schema = type->attribute(attribute))
      return Kinds::named(schema->type);
    std::vector<std::string> names;
    for (const auto& [name, schema] : type->attributes) names.push_back(name);
    about = "Resource " + resource + " (" + type->name + ") has no attribute " + attribute + "." +
            did_you_mean(attribute, names);
    return std::nullopt;
  }

  std::optional<Kinds> file(const std::string& name, std::string& about) const override {
    return known([&] { definition_.scope().file(name); }, about);
  }

 private:
  bool exists(const std::string& resource) const {
    return template_.resource(resource) || template_.unread({"resources", resource});
  }

  template <class Ask>
  static std::optional<Kinds> known(Ask ask, std::string& about) {
    try {
      ask();
      return Kinds();
    } catch (const Error& error) {
      about = error.message();
      return std::nullopt;
    }
  }

  const StackDefinition& definition_;
  const Template& template_;
};

}  // namespace

void check_outlook(const StackDefinition& definition, Diagnostics& findings) {
  const Template& tmpl = definition.tmpl();
  const DefinitionOutlook outlook(definition);
  for (const ResourceDefinition& resource : tmpl.resources()) {
    const ResourceType* type = definition.type_of(resource.name);
    const bool typed = type && !type->behaviour->placeholder();
    const auto check = [&](const Expression& part, const char* key, const Schema* as) {
      if (!tmpl.unread({"resources", resource.name, key})) check_kinds(part, as, outlook, findings);
    };
    check(resource.properties, "properties", typed ? &type->properties : nullptr);
    check(resource.metadata, "metadata", nullptr);
  }
  for (const OutputDefinition& output : tmpl.outputs())
    check_kinds(output.value, nullptr, outlook, findings);
}

}  // namespace heat
