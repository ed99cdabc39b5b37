#include "template/environment.h"

#include <gtest/gtest.h>

#include "template/template.h"
#include "text/write.h"

namespace heat {
namespace {

Environment environment(const std::string& text) {
  return Environment::parse(Document::read(text, "env.yaml"));
}

std::string refusal(const std::string& text) {
  try {
    environment(text);
  } catch (const Error& error) {
    return std::string(error.kind_name()) + ": " + error.message();
  }
  return "accepted";
}

TEST(Environment, TheStackBehindAResourceInheritsWhatIsSaidOfTheResource) {
  const Environment whole = environment(R"(
    parameters: {a: 1}
    parameter_defaults: {b: 2}
    resource_registry:
      My::Server: server.yaml
      My::Net: net.yaml
      resources:
        web: {inner: {hooks: pre-create}}
        "w*": {disk: {"OS::Cinder::Volume": "OS::Heat::None"}}
        other: {inner: {hooks: pre-delete}}
  )");
  const MappedType mapped = whole.resolve_type("My::Server", "web");
  EXPECT_EQ(mapped.type, "server.yaml");
  EXPECT_EQ(mapped.mapping, Path{"My::Server"});
  const Environment below = whole.below("web", mapped.mapping, Map{{"c", 3}});
  EXPECT_EQ(below.parameters, Value(Map{{"c", 3}}));
  EXPECT_EQ(below.parameter_defaults, Value(Map{{"b", 2}}));
  EXPECT_EQ(below.resolve_type("My::Server", "again").type, "My::Server");
  EXPECT_EQ(below.resolve_type("My::Net", "net").type, "net.yaml");
  EXPECT_EQ(below.resolve_type("OS::Cinder::Volume", "disk").type, "OS::Heat::None");
  EXPECT_EQ(below.hooks("inner"), std::set<std::string>{"pre-create"});
}

TEST(Environment, AMappingForOneResourceGoesAloneFromTheStackBehindIt) {
  const Environment whole = environment(R"(
    resource_registry:
      My::Server: any.yaml
      resources: {web: {My::Server: web.yaml}}
  )");
  const MappedType mapped = whole.resolve_type("My::Server", "web");
  EXPECT_EQ(mapped.mapping, (Path{"resources", "web", "My::Server"}));
  const Environment below = whole.below("web", mapped.mapping, Map());
  EXPECT_EQ(below.resolve_type("My::Server", "web").type, "any.yaml");
}

TEST(Environment, NoWildcardLeadsToATemplate) {
  const Environment whole = environment("resource_registry: {'My::*': t.yaml, 'OS::*': 'My::*'}");
  EXPECT_EQ(whole.resolve_type("My::Net", "n").type, "My::Net");
  EXPECT_EQ(whole.resolve_type("OS::Net", "n").type, "My::Net");
}

TEST(Environment, AWildcardCoversATypeThatIsATemplate) {
  const Environment whole =
      environment("resource_registry: {'n*': OS::Heat::None, net.yaml: OS::Net, 'A::B': net.yaml}");
  EXPECT_EQ(whole.resolve_type("net.yaml", "n").type, "OS::Heat::None");
  EXPECT_EQ(whole.resolve_type("other.yaml", "n").type, "other.yaml");
  EXPECT_EQ(whole.resolve_type("A::B", "n").type, "net.yaml");
}

TEST(Environment, EventSinksAreQueuesOfZaqar) {
  EXPECT_EQ(refusal("event_sinks: [{type: zaqar-queue, target: q, ttl: 60}]"), "accepted");
  EXPECT_EQ(refusal("event_sinks: [{target: q}]"), "ValueError: An event sink needs a 'type'.");
  EXPECT_EQ(refusal("event_sinks: [{type: zaqar-queu, target: q}]"),
            "ValueError: There is no event sink 'zaqar-queu'; there is zaqar-queue. Did you mean "
            "'zaqar-queue'?");
  EXPECT_EQ(refusal("event_sinks: [{type: zaqar-queue}]"),
            "ValueError: An event sink needs a 'target', a queue.");
  EXPECT_EQ(refusal("event_sinks: [{type: zaqar-queue, target: q, tll: 5}]"),
            "ValueError: 'tll' is no part of an event sink. Did you mean 'ttl'?");
}

TEST(Environment, EncryptedNamesOfSeveralFilesAreAppended) {
  Environment merged;
  Diagnostics problems;
  const auto tmpl = Template::parse("heat_template_version: wallaby", "t.yaml", 1000, problems);
  merged.merge_files({"a", "b"},
                     Map{{"a", "encrypted_param_names: [x]"}, {"b", "encrypted_param_names: [y]"}},
                     *tmpl);
  EXPECT_EQ(merged.encrypted_param_names, Value(List{"x", "y"}));
}

TEST(Environment, AFileMayNotChangeTheStrategyOfAnother) {
  Environment merged;
  Diagnostics problems;
  const auto tmpl =
      Template::parse("{heat_template_version: wallaby, parameters: {a: {type: string}}}", "t.yaml",
                      1000, problems);
  const Map files{{"a", "{parameters: {a: x}, parameter_merge_strategies: {default: nonsense}}"},
                  {"b", "{parameters: {a: y}, parameter_merge_strategies: {default: merge}}"}};
  merged.merge_files({"a"}, files, *tmpl);  // what is no strategy overwrites
  EXPECT_EQ(to_json(merged.parameters), R"({"a":"x"})");
  try {
    merged.merge_files({"a", "b"}, files, *tmpl);
    FAIL() << "must be refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::ConflictingMergeStrategyForParam);
  }
}

TEST(Environment, ParametersOfTemplatesAmongTheFilesAreMergedToo) {
  Environment merged;
  Diagnostics problems;
  const auto tmpl = Template::parse("heat_template_version: wallaby", "t.yaml", 1000, problems);
  merged.merge_files(
      {"a", "b"},
      Map{{"a",
           "{parameter_defaults: {zones: x, kept: 1}, parameter_merge_strategies: {zones: "
           "merge}}"},
          {"b",
           "{parameter_defaults: {zones: y, lost: 1}, parameter_merge_strategies: {zones: "
           "merge}}"},
          {"nested.yaml",
           "{heat_template_version: wallaby, parameters: {zones: {type: comma_delimited_list}}}"}},
      *tmpl);
  // What no template knows is kept of the first file only, as in the original.
  EXPECT_EQ(to_json(merged.parameter_defaults), R"({"zones":"x,y","kept":1})");
}

}  // namespace
}  // namespace heat
