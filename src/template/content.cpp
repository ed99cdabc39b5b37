#include "template/content.h"

#include "template/node.h"
#include "template/parameter_schema.h"
#include "template/part_reader.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;

/// Reads the sections of one template into its content.
class ContentReader : PartReader {
 public:
  ContentReader(Template::Content& content, Diagnostics& problems)
      : PartReader(content, problems), resource_(content, problems) {}

  void read() {
    const Value& root = content_.document.root();
    enter(Stage::Sections);
    check_sections(root.as_map());
    content_.description = at(root, "description").string_or("");
    if (content_.version->language == Language::Hot)
      content_.parameter_groups = root["parameter_groups"];
    else
      content_.mappings = at(root, "mappings");
    enter(Stage::Schemas);
    const Map& parameters = section("parameters");
    content_.parameters.reserve(parameters.size());
    for (const auto& [name, entry, kind] : parameters) parameter(name, entry, kind);
    enter(Stage::Definitions);
    if (has(kConditions)) conditions();
    const Map& resources = section("resources");
    content_.resources.reserve(resources.size());
    for (const auto& [name, entry, kind] : resources) resource_.read(name, entry, kind);
    enter(Stage::OutputDefinitions);
    const Map& outputs = section("outputs");
    content_.outputs.reserve(outputs.size());
    for (const auto& [name, entry, kind] : outputs) output(name, entry, kind);
  }

 private:
  void check_sections(const Map& root) {
    std::vector<std::string> names = {"description", "parameters", "resources", "outputs"};
    const Language language = content_.version->language;
    names.emplace_back(language == Language::Hot ? "parameter_groups" : "mappings");
    if (has(kConditions)) names.emplace_back("conditions");
    for (const Version& version : kVersions)
      if (version.language == language) names.emplace_back(version.key);
    for (const auto& [section, written] : check_keys(
             root, names, {}, ErrorKind::InvalidTemplateSection, "is no section of a template"))
      if (const Value& entries = *root.find(written); entries.is_map())
        for (const auto& [name, entry, kind] : entries.as_map()) unread({section, name});
  }

  /// A section's entries; none where it is empty in any way.
  const Map& section(const std::string& name) {
    static const Map none;
    const Value& section = at(content_.document.root(), name);
    if (section.is_map()) return section.as_map();
    if (section.truthy())
      problem("The section " + quoted(name) + " must be a map, not a " +
                  std::string(section.kind_name()) + ".",
              {name});
    return none;
  }

  void parameter(const std::string& name, const Value& entry, Kind kind) {
    const Path path{"parameters", name};
    if (kind != Kind::String)
      return problem("The name of a parameter must be text.", path, ErrorKind::InvalidSchemaError);
    auto schema = read_parameter_schema(name, entry, *content_.version, problems());
    if (schema) {
      content_.parameters.emplace_back(name, *std::move(schema));
      content_.parameter_index.emplace(name, content_.parameters.size() - 1);
    } else {
      unread(path);
    }
  }

  void conditions() {
    const Value* section = find(content_.document.root(), "conditions");
    if (!section) return;
    if (!section->is_map()) return problem("The conditions must be a map.", {"conditions"});
    for (const auto& [name, entry, kind] : section->as_map()) {
      const Path path{"conditions", name};
      if (kind != Kind::String) {
        problem("The name of a condition must be text.", path);
        continue;
      }
      Expression condition = compiled(entry, path, Place::Condition);
      if (!entry.is_bool() && !condition.node().is_call())
        problem("A condition must be true, false or a function of conditions.", path);
      content_.conditions.emplace_back(name, std::move(condition));
    }
  }

  void output(const std::string& name, const Value& entry, Kind kind) {
    const Path path{"outputs", name};
    if (kind != Kind::String) return problem("The name of an output must be text.", path);
    if (!entry.is_map())
      return problem("An output must be a map with a " + quoted("value") + ", not a " +
                         std::string(entry.kind_name()) + ".",
                     path);
    const Value* value = find(entry, "value");
    if (!value) {
      std::string near;
      for (const auto& [key, written, key_kind] : entry.as_map())
        if (near.empty() && nearest(key, {word("value")}) == word("value")) near = key;
      return problem(
          "The output has no " + quoted("value") + (near.empty() ? "." : ", but '" + near + "'."),
          path);
    }
    OutputDefinition definition;
    definition.name = name;
    const Value& description = at(entry, "description");
    definition.description = description.is_null() ? "" : to_python_str(description);
    definition.value = compiled(*value, {"outputs", name, "value"});
    const Value& condition = at(entry, "condition");
    if (has(kConditions) && !condition.is_null())
      definition.condition = compiled(condition, {"outputs", name, "condition"}, Place::Condition);
    content_.outputs.push_back(std::move(definition));
  }

  ResourceReader resource_;
};

}  // namespace

Template::Content read_content(Document document, Diagnostics& problems) {
  Template::Content content;
  content.version = &version_of(document);
  content.document = std::move(document);
  ContentReader(content, problems).read();
  return content;
}

}  // namespace heat
