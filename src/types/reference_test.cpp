// Compares every type with what the original says of it. The data lies beside the repository;
// without it this is skipped.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "resource/behaviour.h"
#include "text/write.h"
#include "types/types.h"

namespace heat {
namespace {

std::optional<Value> reference() {
  const char* shared = std::getenv("HEAT_SHARED");
  if (shared == nullptr) return std::nullopt;
  std::ifstream file(std::filesystem::path(shared) / "reference" / "resource_types.json");
  if (!file) return std::nullopt;
  std::stringstream text;
  text << file.rdbuf();
  return from_json(text.str());
}

/// Notes each difference of one type by its path.
class Comparison {
 public:
  explicit Comparison(std::string where) : where_(std::move(where)) {}

  void same(const std::string& what, const Value& ours, const Value& theirs) {
    if (ours != theirs)
      ADD_FAILURE() << where_ << " " << what << ": " << to_json(ours) << ", the original has "
                    << to_json(theirs);
  }

  void property(const Schema& ours, const Value& theirs) {
    static const std::map<Type, const char*> names{
        {Type::String, "string"},   {Type::Integer, "integer"}, {Type::Number, "number"},
        {Type::Boolean, "boolean"}, {Type::List, "list"},       {Type::Map, "map"},
        {Type::Any, "any"}};
    same("type", names.at(ours.type), theirs["type"]);
    same("required", ours.required, theirs["required"]);
    same("update", ours.update_allowed, theirs["update_allowed"]);
    same("immutable", ours.immutable, theirs["immutable"]);
    same("default", ours.default_value.value_or(Value()), theirs["default"]);
    same("has a default", ours.default_value.has_value(), theirs.find("default") != nullptr);
    constraints(ours, theirs["constraints"]);
    members(ours, theirs["schema"]);
  }

 private:
  void constraints(const Schema& ours, const Value& theirs) {
    const List expected = theirs.is_list() ? theirs.as_list() : List();
    same("number of constraints", static_cast<int>(ours.constraints.size()),
         static_cast<int>(expected.size()));
    for (const Constraint& constraint : ours.constraints) {
      const Value said = shown(constraint);
      const bool found = std::ranges::any_of(expected, [&](const Value& one) {
        Map bare = one.as_map();
        bare.erase("description");
        return Value(bare) == said;
      });
      if (!found)
        ADD_FAILURE() << where_ << ": the original has no constraint " << to_json(said) << " but "
                      << to_json(theirs);
    }
  }

  static Value shown(const Constraint& constraint) {
    const auto bounds = [&] {
      Map map;
      if (constraint.min) map.set("min", *constraint.min);
      if (constraint.max) map.set("max", *constraint.max);
      return map;
    };
    switch (constraint.kind) {
      case Constraint::Kind::Range:
        return Map{{"range", bounds()}};
      case Constraint::Kind::Length:
        return Map{{"length", bounds()}};
      case Constraint::Kind::AllowedValues:
        return Map{{"allowed_values", constraint.allowed}};
      case Constraint::Kind::AllowedPattern:
        return Map{{"allowed_pattern", constraint.text}};
      case Constraint::Kind::Custom:
        return Map{{"custom_constraint", constraint.text}};
      case Constraint::Kind::Modulo:
        return Map{{"modulo", Map{{"step", *constraint.step}, {"offset", *constraint.offset}}}};
    }
    return {};
  }

  void members(const Schema& ours, const Value& theirs) {
    Map mine;
    for (const auto& [name, member] : ours.members) mine.set(name, true);
    if (ours.item) mine.set("*", true);
    Map expected;
    if (theirs.is_map())
      for (const auto& entry : theirs.as_map()) expected.set(entry.key, true);
    same("members", mine, expected);
    for (const auto& [name, member] : ours.members)
      if (const Value* their = theirs.find(name))
        Comparison(where_ + "." + name).property(member, *their);
    if (const Value* their = theirs.find("*"); their != nullptr && ours.item)
      Comparison(where_ + ".*").property(*ours.item, *their);
  }

  std::string where_;
};

void compare_attributes(const ResourceType& type, const Value& theirs) {
  for (const auto& entry : theirs.as_map()) {
    Comparison comparison(type.name + " attribute " + entry.key);
    const AttributeSchema* ours = type.attribute(entry.key);
    comparison.same("is there", ours != nullptr, true);
    if (ours == nullptr) continue;
    std::string kind = entry.value["type"].string_or("");
    std::ranges::transform(kind, kind.begin(), [](unsigned char c) { return std::tolower(c); });
    comparison.same("type", ours->type, kind);
    comparison.same("live", ours->live, entry.value["live"].truthy());
  }
  for (const auto& [name, schema] : type.attributes)
    Comparison(type.name + " attribute " + name)
        .same("is there", true, theirs.find(name) != nullptr);
}

void compare_translations(const ResourceType& type, const Value& theirs) {
  const std::map<Translation::Rule, std::string> words{{Translation::Rule::Replace, "Replace"},
                                                       {Translation::Rule::Resolve, "Resolve"}};
  for (const Value& rule : theirs.is_list() ? theirs.as_list() : List()) {
    if (rule["rule"].is_null()) continue;
    const bool found = std::ranges::any_of(type.translations, [&](const Translation& ours) {
      List path(ours.path.begin(), ours.path.end());
      return rule["rule"] == Value(words.at(ours.rule)) && rule["path"] == Value(path);
    });
    EXPECT_TRUE(found) << type.name << ": the original translates " << to_json(rule);
  }
}

TEST(Reference, every_type_agrees_with_the_original) {
  const auto all = reference();
  if (!all) GTEST_SKIP() << "HEAT_SHARED names no folder with the reference";
  Registry registry;
  register_types(registry, {});
  for (const auto& name : registry.names()) {
    const Value& theirs = (*all)[name];
    if (theirs.is_null()) continue;
    const auto type = registry.find(name);
    for (const auto& entry : theirs["properties"].as_map()) {
      const Schema* ours = type->property(entry.key);
      Comparison comparison(name + "." + entry.key);
      comparison.same("is there", ours != nullptr, true);
      if (ours != nullptr) comparison.property(*ours, entry.value);
    }
    for (const auto& [property, schema] : type->properties.members)
      Comparison(name + "." + property)
          .same("is there", true, theirs["properties"].find(property) != nullptr);
    compare_attributes(*type, theirs["attributes"]);
    compare_translations(*type, theirs["translation_rules"]);
    Comparison comparison(name);
    comparison.same("support", type->support_status, theirs["support_status"]["status"]);
    comparison.same("since", type->support_version,
                    theirs["support_status"]["version"].string_or(""));
    comparison.same("name limit", static_cast<int>(type->name_limit),
                    theirs["physical_resource_name_limit"]);
    for (const char* ability :
         {"suspend", "resume", "check", "snapshot", "snapshot_on_delete", "restore", "signal"}) {
      const auto& can = theirs["capabilities"].as_list();
      comparison.same(std::string("can ") + ability, type->can.contains(ability),
                      std::ranges::find(can, Value(ability)) != can.end());
    }
  }
}

}  // namespace
}  // namespace heat
