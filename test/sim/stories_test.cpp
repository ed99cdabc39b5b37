#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/story.h"

// Plays the stories of test/scenarios/stack. UPDATE=1 in the environment rewrites what they expect.

namespace heat {
namespace {

std::vector<std::string> files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(HEAT_SCENARIOS))
    if (entry.path().extension() == ".test") files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

class Stories : public testing::TestWithParam<std::string> {};

TEST_P(Stories, EndAsExpected) {
  auto stories = read_stories(GetParam());
  ASSERT_FALSE(stories.empty());
  const bool update = std::getenv("UPDATE") != nullptr;
  for (Story& story : stories) {
    const std::string shown = play(story);
    if (update) {
      story.expected = shown;
    } else {
      EXPECT_EQ(shown, story.expected) << GetParam() << ": " << story.title;
    }
  }
  if (update) write_stories(GetParam(), stories);
}

INSTANTIATE_TEST_SUITE_P(Of, Stories, testing::ValuesIn(files()), [](const auto& info) {
  return std::filesystem::path(info.param).stem().string();
});

}  // namespace
}  // namespace heat
