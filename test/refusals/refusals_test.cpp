#include <gtest/gtest.h>

#include "refusals/roads.h"
#include "scenarios/story_file.h"

// Plays the stories of test/scenarios/refusals: a title, a template, an environment after
// "---- environment" if there is one, "----", and what the REST API and our command line say. Sent
// as objects the same is said, without lines. UPDATE=1 in the environment rewrites what is told.

namespace heat {
namespace {

using Places = std::vector<std::pair<std::string, std::string>>;

/// Path and message of each problem.
Places places(const Refusal& refusal) {
  Places places;
  for (const Diagnostic& problem : refusal.problems)
    places.emplace_back(to_string(problem.path), problem.message);
  return places;
}

std::string play(const stories::Story& story) {
  Roads roads;
  const std::string before = roads.state();
  const Roads::Asked asked{story.text + "\n", story.part("environment")};
  const Refusal text = roads.as_text(asked);
  const auto objects = roads.as_objects(asked);
  const Refusal shown = roads.by_command_line(asked);
  EXPECT_EQ(roads.state(), before) << story.title << ": a refused request changed something";
  EXPECT_GE(text.status, 400);
  if (objects) {
    EXPECT_EQ(objects->status, text.status) << story.title;
    EXPECT_EQ(objects->type, text.type) << story.title;
    EXPECT_EQ(places(*objects), places(text)) << story.title;
    EXPECT_EQ(places(shown), places(text)) << story.title;
  }
  return std::to_string(text.status) + " " + text.type + "\n" + text.message + "\n\n" +
         shown.message;
}

class Refusals : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Refusals, AreToldAlikeAndChangeNothing) { stories::expect_as_told(GetParam(), play); }

INSTANTIATE_TEST_SUITE_P(Stories, Refusals, testing::ValuesIn(stories::files_in(HEAT_SCENARIOS)),
                         stories::name_of);

TEST(Refusals, ATemplateOverTheLimit) {
  Roads roads;  // the limit is 4000 characters
  const std::string before = roads.state();
  const Roads::Asked asked{
      "heat_template_version: 2021-04-16\ndescription: " + std::string(4000, 'x') + "\n", ""};
  for (const Refusal& refusal :
       {roads.as_text(asked), *roads.as_objects(asked), roads.by_command_line(asked)}) {
    EXPECT_EQ(refusal.status, 400);
    EXPECT_EQ(refusal.type, "RequestLimitExceeded");
    EXPECT_NE(refusal.message.find("at most 4000 are allowed (max_template_size)"),
              std::string::npos)
        << refusal.message;
  }
  EXPECT_EQ(roads.state(), before);
}

constexpr const char* kOne = R"(
heat_template_version: 2021-04-16
resources:
  one: {type: OS::Neutron::Net}
)";

TEST(Refusals, ANameThatIsTaken) {
  Roads roads;
  roads.make("web", kOne);
  const std::string before = roads.state();
  const Roads::Asked asked{kOne, "", "web"};
  for (const Refusal& refusal :
       {roads.as_text(asked), *roads.as_objects(asked), roads.by_command_line(asked)}) {
    EXPECT_EQ(refusal.status, 409);
    EXPECT_EQ(refusal.type, "StackExists");
    EXPECT_NE(refusal.message.find("The Stack (web) already exists."), std::string::npos);
  }
  EXPECT_EQ(roads.state(), before);
}

TEST(Refusals, AnUpdateThatIsWrongLeavesTheStackAsItIs) {
  Roads roads;
  roads.make("web", kOne);
  const std::string before = roads.state();
  const Roads::Asked asked{
      "heat_template_version: 2021-04-16\nresources:\n"
      "  one: {type: OS::Neutron::Net, properties: {nam: x}}\n",
      "", "web", true};
  for (const Refusal& refusal :
       {roads.as_text(asked), *roads.as_objects(asked), roads.by_command_line(asked)}) {
    EXPECT_EQ(refusal.status, 400);
    EXPECT_NE(refusal.message.find("Did you mean 'name'?"), std::string::npos) << refusal.message;
  }
  EXPECT_EQ(roads.state(), before);
}

}  // namespace
}  // namespace heat
