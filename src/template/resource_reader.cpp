#include "template/node.h"
#include "template/part_reader.h"
#include "text/write.h"

namespace heat {

ResourceReader::ResourceReader(Template::Content& content, Diagnostics& problems)
    : PartReader(content, problems),
      keys_{"type",          "properties", "metadata", "depends_on", "deletion_policy",
            "update_policy", "description"} {
  if (has(kConditions)) keys_.emplace_back("condition");
  if (has(kExternalIds)) keys_.emplace_back("external_id");
}

void ResourceReader::read(const std::string& name, const Value& entry, Value::Kind kind) {
  const Path path{"resources", name};
  if (kind != Value::Kind::String) return problem("The name of a resource must be text.", path);
  if (name.find('/') != std::string::npos)
    problem("The name of a resource can't contain '/'.", path);
  ResourceDefinition definition;
  definition.name = name;
  enter(Stage::Sections);
  const bool typed = read_type(entry, path, definition);
  enter(Stage::Definitions);
  if (!typed) return unread(path);
  if (const Value* text = find(entry, "description"); text && !text->is_string())
    problem("The description of a resource must be text.", {"resources", name, "description"});
  definition.description = at(entry, "description").string_or("");
  map_part(entry, "properties", path, definition.properties);
  map_part(entry, "metadata", path, definition.metadata);
  map_part(entry, "update_policy", path, definition.update_policy);
  depends_on(entry, path, definition);
  deletion_policy(entry, path, definition);
  if (has(kExternalIds)) external_id(entry, path, definition);
  if (has(kConditions)) condition(entry, path, definition);
  content_.resource_index.emplace(name, content_.resources.size());
  content_.resources.push_back(std::move(definition));
}

/// Whether it is a resource of some type.
bool ResourceReader::read_type(const Value& entry, const Path& path,
                               ResourceDefinition& definition) {
  if (!entry.is_map()) {
    problem("A resource must be a map with a " + quoted("type") + ", not a " +
                std::string(entry.kind_name()) + ".",
            path);
    return false;
  }
  std::map<std::string, std::string> meant;
  // CloudFormation's resources may have parts that mean nothing here.
  if (content_.version->language == Language::Hot)
    meant = check_keys(entry.as_map(), keys_, path, ErrorKind::StackValidationFailed,
                       "is no part of a resource");
  if (meant.contains("properties")) unread({"resources", definition.name, "properties"});
  const Value& type = at(entry, "type");
  if (!type.truthy() && !meant.contains("type")) problem("The resource has no type.", path);
  if (type.truthy() && !type.is_string())
    problem("The type of a resource must be text.", {"resources", definition.name, "type"});
  definition.type = type.string_or("");
  return !definition.type.empty();
}

/// A part of a resource that must be a map, unless a function makes it.
void ResourceReader::map_part(const Value& entry, const char* key, const Path& path,
                              Expression& into) {
  const Value* part = find(entry, key);
  if (!part) return;
  into = compiled(*part, below(path, key));
  if (part->is_map() || into.node().is_call()) return;
  problem(quoted(key) + " must be a map, not a " + std::string(part->kind_name()) + ".",
          below(path, key));
  unread(below(path, key));
}

void ResourceReader::depends_on(const Value& entry, const Path& path,
                                ResourceDefinition& definition) {
  const Value* written = find(entry, "depends_on");
  if (!written) return;
  if (written->is_string()) {
    definition.depends_on.push_back(written->as_string());
  } else if (!written->is_list()) {
    problem(quoted("depends_on") + " must be the name of a resource or a list of names.",
            below(path, "depends_on"));
  } else {
    for (const Value& name : written->as_list()) {
      if (!name.is_string())
        return problem(quoted("depends_on") + " must be a list of names.",
                       below(path, "depends_on"));
      definition.depends_on.push_back(name.as_string());
    }
  }
}

void ResourceReader::deletion_policy(const Value& entry, const Path& path,
                                     ResourceDefinition& definition) {
  const Value* written = find(entry, "deletion_policy");
  if (!written) return;
  Expression policy = compiled(*written, below(path, "deletion_policy"));
  if (policy.node().is_call()) {
    definition.computed_deletion_policy = std::move(policy);
  } else if (const auto known = deletion_policy_named(*written, *content_.version)) {
    definition.deletion_policy = *known;
  } else {
    problem("The deletion policy must be Delete, Retain or Snapshot, not " + to_json(*written) +
                "." + did_you_mean(written->string_or(""), {"Delete", "Retain", "Snapshot"}),
            below(path, "deletion_policy"));
  }
}

void ResourceReader::external_id(const Value& entry, const Path& path,
                                 ResourceDefinition& definition) {
  const Value* id = find(entry, "external_id");
  if (!id) return;
  definition.external_id = compiled(*id, below(path, "external_id"));
  definition.deletion_policy = DeletionPolicy::Retain;
  definition.computed_deletion_policy.reset();
  if (!id->is_string() && !definition.external_id->node().is_call())
    problem("'external_id' must be text.", below(path, "external_id"));
}

void ResourceReader::condition(const Value& entry, const Path& path,
                               ResourceDefinition& definition) {
  const Value* condition = find(entry, "condition");
  if (!condition) return;
  definition.condition = compiled(*condition, below(path, "condition"), Place::Condition);
  if (!condition->is_string() && !condition->is_bool() && !definition.condition->node().is_call())
    problem(
        "The condition of a resource must be the name of a condition, true, false or a function.",
        below(path, "condition"));
}

}  // namespace heat
