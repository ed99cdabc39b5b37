#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/story.h"

// Plays the stories of test/scenarios: those of stack offline, those of types with a simulated
// cloud. UPDATE=1 in the environment rewrites what they expect.

namespace heat {
namespace {

const std::filesystem::path kScenarios = HEAT_SCENARIOS;

std::vector<std::string> files() {
  std::vector<std::string> files;
  for (const char* folder : {"stack", "types"})
    for (const auto& entry : std::filesystem::directory_iterator(kScenarios / folder))
      if (entry.path().extension() == ".test") files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

class Stories : public testing::TestWithParam<std::string> {};

TEST_P(Stories, EndAsExpected) {
  auto stories = read_stories(GetParam());
  ASSERT_FALSE(stories.empty());
  const bool with_cloud = std::filesystem::path(GetParam()).parent_path().filename() == "types";
  const bool update = std::getenv("UPDATE") != nullptr;
  for (Story& story : stories) {
    const std::string shown = play(story, with_cloud);
    if (update) {
      story.expected = shown;
    } else {
      EXPECT_EQ(shown, story.expected) << GetParam() << ": " << story.title;
    }
  }
  if (update) write_stories(GetParam(), stories);
}

INSTANTIATE_TEST_SUITE_P(Of, Stories, testing::ValuesIn(files()), [](const auto& info) {
  const std::filesystem::path file = info.param;
  return file.parent_path().stem().string() + "_" + file.stem().string();
});

}  // namespace
}  // namespace heat
