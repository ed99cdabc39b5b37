#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "scenarios/story_file.h"

// Plays the stories of test/scenarios/cli: what one types in a shell (the program is `heat`), in a
// folder ("/here") with the files that the story's parts give, and what one then reads. UPDATE=1 in
// the environment rewrites what is expected.

namespace heat {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, which goes with it.
class Folder {
 public:
  Folder() {
    std::string name = testing::TempDir() + "heat-story-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder " + name);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string quoted(const std::string& path) { return "'" + path + "'"; }

std::string play(const stories::Story& story) {
  const Folder folder;
  for (const auto& [name, text] : story.parts) {
    fs::create_directories((folder.path() / name).parent_path());
    std::ofstream(folder.path() / name) << text << "\n";
  }
  const std::string command = "exec 2>&1; cd " + quoted(folder.path()) + "; heat() { " +
                              quoted(HEAT_PROGRAM) + " \"$@\"; }\n" + story.text +
                              "\ncode=$?; [ $code -eq 0 ] || echo \"exit $code\"";
  const std::unique_ptr<FILE, int (*)(FILE*)> output(popen(command.c_str(), "r"), pclose);
  std::string told;
  char part[4096];
  while (const std::size_t size = std::fread(part, 1, sizeof part, output.get()))
    told.append(part, size);
  const std::string here = folder.path().string();
  for (std::size_t at = told.find(here); at != told.npos; at = told.find(here, at))
    told.replace(at, here.size(), "/here");
  return told;
}

class CommandLineScenarios : public testing::TestWithParam<fs::path> {};

TEST_P(CommandLineScenarios, EndAsTold) { stories::expect_as_told(GetParam(), play); }

INSTANTIATE_TEST_SUITE_P(Stories, CommandLineScenarios,
                         testing::ValuesIn(stories::files_in(HEAT_SCENARIOS)), stories::name_of);

}  // namespace
}  // namespace heat
