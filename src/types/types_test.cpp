#include "types/types.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "cloud/session.h"
#include "resource/behaviour.h"
#include "resource/plugins.h"
#include "resource/type_file.h"
#include "types/embedded.h"

namespace heat {
namespace {

Registry all_types() {
  Registry registry;
  register_types(registry, {});
  return registry;
}

TEST(Types, every_file_is_a_type_a_family_or_nothing) {
  const Registry registry = all_types();
  std::set<std::string> declared;
  for (const auto& name : registry.names()) {
    const auto type = registry.find(name);
    EXPECT_EQ(type->name, name);
    EXPECT_FALSE(type->description.empty()) << name;
    ASSERT_NE(type->behaviour, nullptr) << name;
    declared.insert(name);
  }
  for (const auto& [file, text] : embedded_files())
    if (!file.ends_with("/family.yaml"))
      EXPECT_TRUE(
          declared.contains(Document::read(text, std::string(file)).root()["type"].as_string()))
          << file << " is not registered in types.cpp";
}

TEST(Types, every_property_and_attribute_is_explained_and_every_finder_known) {
  const Registry registry = all_types();
  for (const auto& name : registry.names()) {
    const auto type = registry.find(name);
    for (const auto& [property, schema] : type->properties.members)
      EXPECT_FALSE(schema.description.empty()) << name << "." << property;
    for (const auto& [attribute, schema] : type->attributes)
      EXPECT_FALSE(schema.description.empty()) << name << "." << attribute;
    for (const auto& rule : type->translations)
      if (rule.rule == Translation::Rule::Resolve)
        EXPECT_NE(registry.finder(rule.finder), nullptr) << name << ": " << rule.finder;
  }
}

TypeFile plain_file(const std::string& text) { return TypeFile::read(text, "zone.yaml"); }

std::string complaint(const std::string& text) {
  try {
    (void)make_type(plain_file(text), [](const TypeFile&, const ResourceType&) {
      return std::shared_ptr<Behaviour>();
    });
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

TEST(TypeFile, names_file_line_and_key_of_what_is_wrong) {
  EXPECT_EQ(complaint("type: X\nproperties:\n  ttl: {type: integr}\n"),
            "zone.yaml:3:9: properties.ttl.type: 'integr' is none of string, integer, number, "
            "boolean, list, map, any");
  EXPECT_EQ(
      complaint("type: X\nproperties:\n  ttl:\n    defualt: 3\n"),
      "zone.yaml:4:5: properties.ttl.defualt: unknown key 'defualt'. Did you mean 'default'?");
  EXPECT_EQ(complaint("doc: nothing\n").substr(0, 12), "zone.yaml:1:");
}

/// The YAML examples of docs/resource-types.md.
std::vector<std::string> documented_types() {
  std::ifstream page(std::filesystem::path(HEAT_SOURCE_DIR) / "docs" / "resource-types.md");
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "```yaml") blocks.emplace_back();
    inside = line == "```yaml" || (inside && line != "```");
    if (inside && line != "```yaml") blocks.back() += line + "\n";
  }
  return blocks;
}

TEST(Plugins, every_type_in_the_documentation_can_be_dropped_in) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "heat plug-ins";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto blocks = documented_types();
  ASSERT_EQ(blocks.size(), 11u);
  for (std::size_t i = 0; i < blocks.size(); ++i)
    std::ofstream(folder / (std::to_string(i) + ".yaml")) << blocks[i];
  Registry registry;
  add_plugins(registry, folder);
  EXPECT_EQ(registry.names().size(), blocks.size());
  EXPECT_THROW(add_plugins(registry, folder), Error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace heat
