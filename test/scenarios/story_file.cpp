#include "scenarios/story_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace heat::stories {

namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  return text;
}

std::vector<Story> read(const std::filesystem::path& file) {
  std::vector<Story> stories;
  std::ifstream in(file);
  std::string* part = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) {
      stories.emplace_back().title = line;
      part = &stories.back().text;
    } else if (stories.empty()) {
      continue;
    } else if (line == "----") {
      part = &stories.back().expected;
    } else if (line.starts_with("---- ")) {
      part = &stories.back().parts.emplace_back(line.substr(5), "").second;
    } else {
      *part += line + "\n";
    }
  }
  for (Story& story : stories) {
    story.text = trimmed(std::move(story.text));
    for (auto& named : story.parts) named.second = trimmed(std::move(named.second));
    story.expected = trimmed(std::move(story.expected));
  }
  return stories;
}

void write(const std::filesystem::path& file, const std::vector<Story>& stories) {
  std::string text;
  for (const Story& story : stories) {
    text += (text.empty() ? "" : "\n") + story.title + "\n" + story.text + "\n";
    for (const auto& [name, part] : story.parts) text += "---- " + name + "\n" + part + "\n";
    text += "----\n" + story.expected + "\n";
  }
  std::ofstream(file) << text;
}

}  // namespace

std::string Story::part(const std::string& name) const {
  for (const auto& [given, text] : parts)
    if (given == name) return text;
  return "";
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void expect_as_told(const std::filesystem::path& file,
                    const std::function<std::string(const Story&)>& play) {
  std::vector<Story> stories = read(file);
  ASSERT_FALSE(stories.empty()) << file << " holds no story";
  const bool update = std::getenv("UPDATE") != nullptr;
  for (Story& story : stories) {
    const std::string outcome = trimmed(play(story));
    if (!update) EXPECT_EQ(outcome, story.expected) << file << ": " << story.title;
    story.expected = outcome;
  }
  if (update) write(file, stories);
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& file) {
  return file.param.stem().string();
}

}  // namespace heat::stories
