#include "main/operator_environments.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/log.h"
#include "template/environment.h"

namespace heat {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& folder) {
  static const std::set<fs::path> kRead{".yaml", ".yml", ".json"};
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with('.')) continue;
    if (kRead.contains(entry.path().extension()))
      files.push_back(entry.path());
    else
      log::warning("only *.yaml, *.yml and *.json are read of environment_dir",
                   {{"file", entry.path().string()}});
  }
  std::ranges::sort(files);
  return files;
}

Environment read_environment(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad())
    throw Error(ErrorKind::NotFound, "The file can't be read: check its permissions.");
  return Environment::parse(Document::read(text, file.string()));
}

}  // namespace

Value read_operator_mappings(const fs::path& folder) {
  Environment all;
  for (const fs::path& file : files_in(folder)) {
    try {
      all.merge(read_environment(file));
      log::info("an operator's environment counts in all stacks", {{"file", file.string()}});
    } catch (const Error& error) {
      const std::string place = error.position() ? error.position()->str() : file.string();
      log::error("an operator's environment is passed over",
                 {{"place", place}, {"why", error.message()}});
    }
  }
  return all.resource_registry;
}

}  // namespace heat
