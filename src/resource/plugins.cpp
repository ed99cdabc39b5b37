#include "resource/plugins.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "resource/rest/rest_behaviour.h"
#include "resource/type_file.h"

namespace heat {

namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error(ErrorKind::InvalidSchemaError, "The resource type file " + file.string() +
                                                   " can't be read: check its permissions.");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

void add_plugins(Registry& registry, const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) return;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& path : files) {
    const TypeFile file = TypeFile::read(contents(path), path.string());
    const auto type = make_type(file, [](const TypeFile& data, const ResourceType& made) {
      return std::make_shared<RestBehaviour>(data, made);
    });
    if (registry.find(type->name) != nullptr)
      file.own["type"].fail("there is a resource type " + type->name + " already");
    registry.add(type->name, [type] { return type; });
  }
}

}  // namespace heat
