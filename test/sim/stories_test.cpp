#include "scenarios/story_file.h"
#include "sim/story.h"

// Plays the stories of test/scenarios: those of stack offline, those of types with a simulated
// cloud. UPDATE=1 in the environment rewrites what they expect.

namespace heat {
namespace {

const std::filesystem::path kScenarios = HEAT_SCENARIOS;

class Stories : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Stories, EndAsExpected) {
  const bool with_cloud = GetParam().parent_path().filename() == "types";
  stories::expect_as_told(
      GetParam(), [&](const stories::Story& story) { return play(story.text, with_cloud); });
}

INSTANTIATE_TEST_SUITE_P(OfStack, Stories,
                         testing::ValuesIn(stories::files_in(kScenarios / "stack")),
                         stories::name_of);
INSTANTIATE_TEST_SUITE_P(OfTypes, Stories,
                         testing::ValuesIn(stories::files_in(kScenarios / "types")),
                         stories::name_of);

}  // namespace
}  // namespace heat
