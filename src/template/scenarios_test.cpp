#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "template/check.h"
#include "text/write.h"

// Runs the stories of test/scenarios/template: a title, a template, an environment after
// "---- environment" if there is one, "----", and what one is told: the problems with their places,
// or the outputs. UPDATE=1 in the environment rewrites what is expected.

namespace heat {
namespace {

namespace fs = std::filesystem;

struct Story {
  std::string title;  ///< with its "# "
  std::string text;
  std::string environment;
  std::string expected;
};

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  return text;
}

std::vector<Story> read_stories(const fs::path& file) {
  std::vector<Story> stories;
  std::ifstream in(file);
  std::string* part = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) {
      stories.push_back({line, "", "", ""});
      part = &stories.back().text;
    } else if (line == "---- environment") {
      part = &stories.back().environment;
    } else if (line == "----") {
      part = &stories.back().expected;
    } else if (part) {
      *part += line + "\n";
    }
  }
  return stories;
}

std::string told(ErrorKind kind, const std::string& message, const std::optional<Position>& place,
                 const Path& path) {
  std::string text = place ? place->str() + ": " : "";
  text += std::string(info(kind).name) + ": " + message + "\n";
  if (!path.empty()) text += "  in " + to_string(path) + "\n";
  return text;
}

std::string told(const Diagnostics& problems) {
  std::string text;
  for (const auto& [kind, message, path, place] : problems.all())
    text += told(kind, message, place, path);
  return text;
}

std::string outputs(const Template& tmpl, const TemplateScope& scope) {
  std::string text;
  for (const OutputDefinition& output : tmpl.outputs()) {
    Missing missing;
    try {
      text += output.name + ": " + to_json(output.value.evaluate(scope, missing)) + "\n";
    } catch (const Error& error) {
      text +=
          told(error.kind(), error.message(), tmpl.document().position(error.path()), error.path());
    }
  }
  return text.empty() ? "fine\n" : text;
}

std::string play(const Story& story) {
  try {
    Diagnostics problems;
    Questions questions;
    const auto environment = Environment::parse(Document::read(story.environment, "env.yaml"));
    const auto tmpl = Template::parse(trimmed(story.text) + "\n", "app.yaml", 524288, problems);
    const auto parameters = Parameters::resolve(
        *tmpl, environment, {"web", "8b9b6886", "p1", "one"}, problems, questions);
    locate(problems, tmpl->document());
    const TemplateScope scope(tmpl, parameters, Map{{"boot.sh", "#!/bin/sh"}});
    if (problems.empty()) check_template(scope, problems);
    return problems.empty() ? outputs(*tmpl, scope) : told(problems);
  } catch (const Error& error) {
    return told(error.kind(), error.message(), error.position(), error.path());
  }
}

class TemplateScenarios : public testing::TestWithParam<fs::path> {};

TEST_P(TemplateScenarios, EndAsTold) {
  const std::vector<Story> stories = read_stories(GetParam());
  ASSERT_FALSE(stories.empty());
  std::string rewritten;
  for (const Story& story : stories) {
    const std::string outcome = play(story);
    rewritten += story.title + "\n" + trimmed(story.text) + "\n";
    if (!story.environment.empty())
      rewritten += "---- environment\n" + trimmed(story.environment) + "\n";
    rewritten += "----\n" + outcome + "\n";
    if (!std::getenv("UPDATE")) EXPECT_EQ(trimmed(story.expected), trimmed(outcome)) << story.title;
  }
  if (std::getenv("UPDATE")) std::ofstream(GetParam()) << trimmed(rewritten) << "\n";
}

std::vector<fs::path> story_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(HEAT_SCENARIOS))
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Stories, TemplateScenarios, testing::ValuesIn(story_files()),
                         [](const auto& story) { return story.param.stem().string(); });

}  // namespace
}  // namespace heat
