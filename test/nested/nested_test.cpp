#include <gtest/gtest.h>

#include "async/sync_wait.h"
#include "async/virtual_loop.h"
#include "engine/definition_request.h"
#include "scenarios/story_file.h"
#include "text/write.h"
#include "types/types.h"

// Plays the stories of test/scenarios/nested: a title, a template, other files after "---- name"
// (env.yaml is the environment), "----", and what is told of the whole tree: problems with their
// places, or what the resources of all stacks are given. UPDATE=1 in the environment rewrites what
// is expected.

namespace heat {
namespace {

std::string told(const Diagnostics& problems) {
  std::string text;
  for (const Diagnostic& problem : problems.all()) {
    if (problem.position) text += problem.position->str() + ": ";
    text += std::string(info(problem.kind).name) + ": " + problem.message + "\n  in " +
            to_string(problem.path) + "\n";
  }
  return text;
}

/// The properties of every resource, as far as they are known.
std::string tree(const Examination& examination) {
  std::string text;
  for (const auto& [type, properties, path] : examination.sound())
    text += to_string(path) + ": " +
            (contains_unknown(properties) ? "not known yet" : to_json(properties)) + "\n";
  return text;
}

std::string play(const stories::Story& story) {
  Registry registry;
  register_types(registry);
  DefinitionRow row;
  row.template_source = story.text + "\n";
  row.parameters = Map();
  Map files;
  for (const auto& [name, text] : story.parts)
    if (name != "env.yaml") files.set(name, text + "\n");
  row.files = files;
  const auto environment = Environment::parse(Document::read(story.part("env.yaml"), "env.yaml"));
  row.environment = environment.to_value();
  row.parameters = environment.parameters;
  try {
    Examination examination(row, {"web", "8b9b6886", "p1", "one"}, registry, Members(),
                            Parameters::Values::Required, {.depth = 3, .resources = 20});
    examination.conclude();
    const std::string problems = told(examination.problems());
    return problems.empty() ? tree(examination) : problems;
  } catch (const Error& error) {
    return std::string(error.kind_name()) + ": " + error.what() + "\n";
  }
}

class Nested : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Nested, EndAsTold) { stories::expect_as_told(GetParam(), play); }

INSTANTIATE_TEST_SUITE_P(Stories, Nested, testing::ValuesIn(stories::files_in(HEAT_SCENARIOS)),
                         stories::name_of);

using Web = std::map<std::string, std::string>;

/// The examination of a stack whose templates lie on the web, and only there.
std::shared_ptr<Examination> examined(Web web) {
  Registry registry;
  register_types(registry);
  DefinitionRow row;
  row.template_source =
      "{heat_template_version: 2021-04-16, resources: {a: {type: 'http://w/a.yaml'}}}";
  row.parameters = row.files = Map();
  Reach reach;
  reach.fetch = [&web](std::string url) -> Task<std::string> {
    const auto page = web.find(url);
    if (page == web.end()) throw Error(ErrorKind::HTTPBadRequest, "Can't fetch " + url + ".");
    co_return page->second;
  };
  VirtualLoop loop;
  const Members none;
  return sync_wait(loop, examine(row, {"web", "8b9b6886", "p1", "one"}, registry, none, reach, loop,
                                 Parameters::Values::Required));
}

const std::string kVersion = "heat_template_version: 2021-04-16\n";

TEST(NestedByUrl, TheWholeTreeIsFetchedAndKept) {
  const auto found =
      examined({{"http://w/a.yaml", kVersion + "resources: {b: {type: 'http://w/b.yaml'}}"},
                {"http://w/b.yaml", kVersion + "resources: {c: {type: OS::Heat::None}}"}});
  EXPECT_EQ(told(found->problems()), "");
  EXPECT_TRUE(found->definition()->files().find("http://w/a.yaml"));
  EXPECT_TRUE(found->definition()->files().find("http://w/b.yaml"));
}

TEST(NestedByUrl, WhatCantBeHadIsToldWhereItIsNamed) {
  const auto found =
      examined({{"http://w/a.yaml", kVersion + "resources: {b: {type: 'http://w/b.yaml'}}"}});
  EXPECT_EQ(told(found->problems()),
            "http://w/a.yaml:2:17: StackValidationFailed: Can't fetch http://w/b.yaml.\n"
            "  in resources.a<http://w/a.yaml>.resources.b.type\n");
}

}  // namespace
}  // namespace heat
