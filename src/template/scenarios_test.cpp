#include "scenarios/story_file.h"
#include "template/check.h"
#include "text/write.h"

// Runs the stories of test/scenarios/template: a title, a template, an environment after
// "---- environment" if there is one, "----", and what one is told: the problems with their places,
// or the outputs. UPDATE=1 in the environment rewrites what is expected.

namespace heat {
namespace {

std::string told(ErrorKind kind, const std::string& message, const std::optional<Position>& place,
                 const Path& path) {
  std::string text = place ? place->str() + ": " : "";
  text += std::string(info(kind).name) + ": " + message + "\n";
  if (!path.empty()) text += "  in " + to_string(path) + "\n";
  return text;
}

std::string told(const Diagnostics& problems) {
  std::string text;
  for (const Diagnostic& one : problems.all())
    text += told(one.kind, one.message, one.position, one.path);
  return text;
}

std::string outputs(const Template& tmpl, const TemplateScope& scope) {
  std::string text;
  for (const OutputDefinition& output : tmpl.outputs()) {
    Missing missing;
    try {
      text += output.name + ": " + to_json(output.value.evaluate(scope, missing)) + "\n";
    } catch (const Error& error) {
      text += told(error.kind(), error.message(), tmpl.position(error.path()),
                   tmpl.spelled(error.path()));
    }
  }
  return text.empty() ? "fine\n" : text;
}

std::string play(const stories::Story& story) {
  try {
    Diagnostics problems;
    Questions questions;
    const auto environment =
        Environment::parse(Document::read(story.part("environment"), "env.yaml"));
    const auto tmpl = Template::parse(story.text + "\n", "app.yaml", 524288, problems);
    const auto parameters = Parameters::resolve(
        *tmpl, environment, {"web", "8b9b6886", "p1", "one"}, problems, questions);
    const TemplateScope scope(tmpl, parameters, Map{{"boot.sh", "#!/bin/sh"}});
    check_template(scope, problems);
    arrange(problems, *tmpl);
    return problems.empty() ? outputs(*tmpl, scope) : told(problems);
  } catch (const Error& error) {
    return told(error.kind(), error.message(), error.position(), error.path());
  }
}

class TemplateScenarios : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(TemplateScenarios, EndAsTold) { stories::expect_as_told(GetParam(), play); }

INSTANTIATE_TEST_SUITE_P(Stories, TemplateScenarios,
                         testing::ValuesIn(stories::files_in(HEAT_SCENARIOS)), stories::name_of);

}  // namespace
}  // namespace heat
