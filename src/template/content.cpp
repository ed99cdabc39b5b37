#include "template/content.h"

#include <algorithm>

#include "template/compile.h"
#include "template/node.h"
#include "template/parameter_schema.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;

std::string version_of(const Document& document) {
  const Value& root = document.root();
  if (!root.is_map())
    throw Error(ErrorKind::HTTPBadRequest, "A template must be a map of sections, not a " +
                                               std::string(root.kind_name()) + ".");
  const Value* hot = root.find("heat_template_version");
  for (const std::string_view key : {"AWSTemplateFormatVersion", "HeatTemplateFormatVersion"}) {
    if (!root.find(key) || !root[key].is_string()) continue;
    if (hot && hot->is_string())
      throw Error(
          ErrorKind::InvalidTemplateVersion,
          "The template has two versions: heat_template_version and " + std::string(key) + ".");
    throw Error(ErrorKind::InvalidTemplateVersion,
                "Templates in the format of CloudFormation (" + std::string(key) +
                    ") are not supported yet.",
                {std::string(key)});
  }
  if (!hot && !root.find("AWSTemplateFormatVersion") && !root.find("HeatTemplateFormatVersion"))
    // The original refuses a text while it reads it, and an object when it looks for its format.
    throw Error(
        document.position({}) ? ErrorKind::HTTPBadRequest : ErrorKind::InvalidTemplateVersion,
        "The template has no version: it must begin with heat_template_version.");
  std::string known;
  for (const auto& [date, name] : hot_versions()) {
    known += (known.empty() ? "" : ", ") + std::string(date);
    if (!name.empty()) known += " (" + std::string(name) + ")";
  }
  const std::string_view date = hot_version_date(hot ? hot->string_or("") : "");
  if (date.empty())
    throw Error(ErrorKind::InvalidTemplateVersion,
                "There is no template version " + (hot ? to_json(*hot) : "") +
                    "; there are: " + known + ".",
                {"heat_template_version"});
  return std::string(date);
}

/// Reads the sections of one template into its content.
class ContentReader {
 public:
  ContentReader(Template::Content& content, Diagnostics& problems)
      : content_(content),
        problems_(problems),
        version_(content.version),
        resource_keys_(resource_keys()) {}

  void read() {
    const Value& root = content_.document.root();
    check_keys(root.as_map(), sections(), {}, ErrorKind::InvalidTemplateSection,
               "is no section of a template");
    content_.description = root["description"].string_or("");
    content_.parameter_groups = root["parameter_groups"];
    for (const auto& [name, entry, kind] : section("parameters")) parameter(name, entry, kind);
    if (newer()) conditions();
    for (const auto& [name, entry, kind] : section("resources")) resource(name, entry, kind);
    for (const auto& [name, entry, kind] : section("outputs")) output(name, entry, kind);
  }

 private:
  bool newer() const { return version_ >= kConditionsSince; }

  std::vector<std::string> sections() const {
    std::vector<std::string> names = {"heat_template_version",
                                      "description",
                                      "parameter_groups",
                                      "parameters",
                                      "resources",
                                      "outputs"};
    if (newer()) names.push_back("conditions");
    return names;
  }

  std::vector<std::string> resource_keys() const {
    std::vector<std::string> keys = {"type",       "properties",      "metadata",
                                     "depends_on", "deletion_policy", "update_policy",
                                     "description"};
    if (newer()) keys.insert(keys.end(), {"external_id", "condition"});
    return keys;
  }

  void problem(std::string message, Path path, ErrorKind kind = ErrorKind::StackValidationFailed) {
    problems_.add(kind, std::move(message), std::move(path));
  }

  void check_keys(const Map& map, const std::vector<std::string>& known, const Path& path,
                  ErrorKind kind, const std::string& what) {
    for (const auto& [key, value, key_kind] : map) {
      if (key_kind == Kind::String && std::ranges::find(known, key) != known.end()) continue;
      Path place = path;
      place.push_back(key);
      problem("'" + key + "' " + what + "." + did_you_mean(key, known), std::move(place), kind);
    }
  }

  /// A section's entries; none where it is empty in any way.
  const Map& section(const std::string& name) {
    static const Map none;
    const Value& section = content_.document.root()[name];
    if (section.is_map()) return section.as_map();
    if (section.truthy())
      problem("The section '" + name + "' must be a map, not a " +
                  std::string(section.kind_name()) + ".",
              {name});
    return none;
  }

  Expression compiled(const Value& snippet, Path path, Place place = Place::Value) {
    return compile(snippet, version_, place, std::move(path));
  }

  void parameter(const std::string& name, const Value& entry, Kind kind) {
    if (kind != Kind::String)
      return problem("The name of a parameter must be text.", {"parameters", name},
                     ErrorKind::InvalidSchemaError);
    try {
      content_.parameters.emplace_back(name, read_parameter_schema(name, entry, version_));
    } catch (const Error& error) {
      problem(error.message(), error.path().empty() ? Path{"parameters", name} : error.path(),
              error.kind());
    }
  }

  void conditions() {
    const Value* section = content_.document.root().find("conditions");
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

  /// A part of a resource that must be a map, unless a function makes it.
  void map_part(const Value& entry, const char* key, const Path& path, Expression& into) {
    const Value* part = entry.find(key);
    if (!part) return;
    Path place = path;
    place.push_back(key);
    into = compiled(*part, place);
    if (!part->is_map() && !into.node().is_call())
      problem(
          "'" + std::string(key) + "' must be a map, not a " + std::string(part->kind_name()) + ".",
          place);
  }

  void resource(const std::string& name, const Value& entry, Kind kind) {
    const Path path{"resources", name};
    if (kind != Kind::String) return problem("The name of a resource must be text.", path);
    if (name.find('/') != std::string::npos)
      problem("The name of a resource can't contain '/'.", path);
    if (!entry.is_map())
      return problem(
          "A resource must be a map with a 'type', not a " + std::string(entry.kind_name()) + ".",
          path);
    check_keys(entry.as_map(), resource_keys_, path, ErrorKind::StackValidationFailed,
               "is no part of a resource");
    ResourceDefinition definition;
    definition.name = name;
    if (!entry["type"].truthy()) return problem("The resource has no type.", path);
    if (!entry["type"].is_string())
      return problem("The type of a resource must be text.", {"resources", name, "type"});
    definition.type = entry["type"].as_string();
    if (entry.find("description") && !entry["description"].is_string())
      problem("The description of a resource must be text.", {"resources", name, "description"});
    definition.description = entry["description"].string_or("");
    map_part(entry, "properties", path, definition.properties);
    map_part(entry, "metadata", path, definition.metadata);
    map_part(entry, "update_policy", path, definition.update_policy);
    depends_on(entry, path, definition);
    deletion_policy(entry, path, definition);
    if (newer()) external_id_and_condition(entry, path, definition);
    content_.resource_index.emplace(name, content_.resources.size());
    content_.resources.push_back(std::move(definition));
  }

  void depends_on(const Value& entry, Path path, ResourceDefinition& definition) {
    const Value* written = entry.find("depends_on");
    if (!written) return;
    path.push_back("depends_on");
    if (written->is_string()) {
      definition.depends_on.push_back(written->as_string());
    } else if (!written->is_list()) {
      problem("'depends_on' must be the name of a resource or a list of names.", path);
    } else {
      for (const Value& name : written->as_list()) {
        if (!name.is_string()) return problem("'depends_on' must be a list of names.", path);
        definition.depends_on.push_back(name.as_string());
      }
    }
  }

  void deletion_policy(const Value& entry, Path path, ResourceDefinition& definition) {
    const Value* written = entry.find("deletion_policy");
    if (!written) return;
    path.push_back("deletion_policy");
    Expression policy = compiled(*written, path);
    if (policy.node().is_call()) {
      definition.computed_deletion_policy = std::move(policy);
    } else if (const auto known = deletion_policy_named(*written, version_)) {
      definition.deletion_policy = *known;
    } else {
      problem("The deletion policy must be Delete, Retain or Snapshot, not " + to_json(*written) +
                  "." + did_you_mean(written->string_or(""), {"Delete", "Retain", "Snapshot"}),
              path);
    }
  }

  void external_id_and_condition(const Value& entry, const Path& path,
                                 ResourceDefinition& definition) {
    if (const Value* id = entry.find("external_id")) {
      Path place = path;
      place.push_back("external_id");
      definition.external_id = compiled(*id, place);
      definition.deletion_policy = DeletionPolicy::Retain;
      definition.computed_deletion_policy.reset();
      if (!id->is_string() && !definition.external_id->node().is_call())
        problem("'external_id' must be text.", place);
    }
    if (const Value* condition = entry.find("condition")) {
      Path place = path;
      place.push_back("condition");
      definition.condition = compiled(*condition, place, Place::Condition);
      if (!condition->is_string() && !condition->is_bool() &&
          !definition.condition->node().is_call())
        problem(
            "The condition of a resource must be the name of a condition, true, false or a "
            "function.",
            place);
    }
  }

  void output(const std::string& name, const Value& entry, Kind kind) {
    const Path path{"outputs", name};
    if (kind != Kind::String) return problem("The name of an output must be text.", path);
    if (!entry.is_map())
      return problem(
          "An output must be a map with a 'value', not a " + std::string(entry.kind_name()) + ".",
          path);
    const Value* value = entry.find("value");
    if (!value) return problem("The output has no 'value'.", path);
    OutputDefinition definition;
    definition.name = name;
    const Value& description = entry["description"];
    definition.description = description.is_null() ? "" : to_python_str(description);
    definition.value = compiled(*value, {"outputs", name, "value"});
    if (newer() && !entry["condition"].is_null())
      definition.condition =
          compiled(entry["condition"], {"outputs", name, "condition"}, Place::Condition);
    content_.outputs.push_back(std::move(definition));
  }

  Template::Content& content_;
  Diagnostics& problems_;
  std::string_view version_;
  std::vector<std::string> resource_keys_;
};

}  // namespace

Template::Content read_content(Document document, Diagnostics& problems) {
  Template::Content content;
  try {
    content.version = version_of(document);
  } catch (Error& error) {
    if (const auto position = document.position(error.path())) error.at(*position);
    throw;
  }
  content.document = std::move(document);
  ContentReader(content, problems).read();
  return content;
}

}  // namespace heat
