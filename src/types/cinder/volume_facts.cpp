#include <string>
#include <vector>

#include "base/error.h"
#include "text/write.h"
#include "types/cinder/block_storage.h"
#include "types/cinder/volume.h"

// What a volume must say to be made, what it tells of itself, and how it fares.
namespace heat {

using namespace cinder;

void Volume::validate(const Value& properties, const Path& path, Diagnostics& problems) const {
  if (properties["image"].truthy() && properties["imageRef"].truthy())
    problems.add(ErrorKind::ResourcePropertyConflict,
                 "image and imageRef exclude each other; use image", path);
  if (properties["backup_id"].truthy()) return;
  std::vector<std::string> sources, sized;
  for (const char* source : {"snapshot_id", "source_volid"})
    if (!properties[source].is_null()) sized.push_back(source);
  sources = sized;
  for (const char* source : {"image", "imageRef"})
    if (!properties[source].is_null()) sources.push_back(source);
  const bool has_size = !properties["size"].is_null();
  if (!has_size && (sized.size() != 1 || sources.size() != 1))
    problems.add(ErrorKind::StackValidationFailed,
                 "the volume has no size: give size, or exactly one of backup_id, snapshot_id and "
                 "source_volid",
                 path);
  if (has_size && sources.size() > 1)
    problems.add(ErrorKind::StackValidationFailed,
                 "image, snapshot_id and source_volid exclude each other; give one", path);
}

namespace {

Value text_of(const Value& value) { return value.is_string() ? value : to_python_str(value); }

Value attribute(const Value& volume, const std::string& name) {
  if (name == "show") return volume;
  if (name == "metadata") return to_python_json(volume["metadata"], false);
  if (name == "metadata_values") return volume["metadata"];
  if (name == "display_name") return volume["name"];
  if (name == "display_description") return volume["description"];
  if (name == "attachments_list") return volume["attachments"];
  return text_of(volume[name]);
}

}  // namespace

Task<Map> Volume::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  std::optional<Value> volume;
  if (!resource.physical_id().empty())
    volume = co_await find_volume(resource.session(), resource.physical_id());
  for (const std::string& name : names)
    values.set(name, volume ? attribute(*volume, name) : Value());
  co_return values;
}

Task<Value> Volume::live(Resource& resource) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  Map state = resource.applied().is_map() ? resource.applied().as_map() : Map();
  for (const char* property : {"size", "name", "description"})
    state.set(property, volume[property]);
  Map metadata = volume["metadata"].is_map() ? volume["metadata"].as_map() : Map();
  if (const Value* read_only = metadata.find("readonly"))
    state.set("read_only", read_only->string_or("") == "True");
  metadata.erase("readonly");
  state.set("metadata", std::move(metadata));
  if (volume["volume_type"].string_or("") != resource.data("volume_type"))
    state.set("volume_type", volume["volume_type"]);
  co_return state;
}

Task<bool> Volume::exists(std::string id, Session& session) const {
  co_return (co_await find_volume(session, id)).has_value();
}

Task<> Volume::check(Resource& resource) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  const std::string status = volume["status"].string_or("");
  if (status != "available" && status != "in-use")
    throw Error(ErrorKind::Error,
                "The volume is " + status + ", where it should be available or in-use.");
}

Task<bool> Volume::healthy(Resource& resource) {
  if (resource.physical_id().empty()) co_return false;
  const auto volume = co_await find_volume(resource.session(), resource.physical_id());
  if (!volume) co_return false;
  const std::string status = (*volume)["status"].string_or("");
  co_return status != "error" && status != "deleting";
}

}  // namespace heat
