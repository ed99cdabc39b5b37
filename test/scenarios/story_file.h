#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace heat::stories {

/// One story of a file: "# title", a text, parts that begin with "---- name", and after "----" what
/// is expected.
struct Story {
  std::string title;  ///< with its "# "
  std::string text;
  std::vector<std::pair<std::string, std::string>> parts;
  std::string expected;

  std::string part(const std::string& name) const;  ///< empty where there is none
};

/// The .test files of a folder, sorted.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);
/// Plays each story of `file` and expects of it what the file says. With UPDATE=1 in the
/// environment the file is rewritten to say what came out.
void expect_as_told(const std::filesystem::path& file,
                    const std::function<std::string(const Story&)>& play);
/// Names a parameterised test after its file.
std::string name_of(const testing::TestParamInfo<std::filesystem::path>& file);

}  // namespace heat::stories
