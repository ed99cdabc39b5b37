#include "types/cinder/volume.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "net/url.h"
#include "resource/recognise.h"
#include "text/write.h"
#include "types/cinder/block_storage.h"

namespace heat {

using namespace cinder;

namespace {

Map name_and_description(const Resource& resource) {
  const auto or_physical = [&](const char* property) {
    const Value& given = resource.property(property);
    return given.truthy() ? given : Value(resource.physical_name());
  };
  return {{"name", or_physical("name")}, {"description", or_physical("description")}};
}

Value request(const Resource& resource) {
  Map volume = name_and_description(resource);
  for (const auto& [property, member] :
       {std::pair{"size", "size"}, std::pair{"availability_zone", "availability_zone"},
        std::pair{"image", "imageRef"}, std::pair{"snapshot_id", "snapshot_id"},
        std::pair{"source_volid", "source_volid"}, std::pair{"volume_type", "volume_type"},
        std::pair{"metadata", "metadata"}, std::pair{"multiattach", "multiattach"}})
    if (resource.property(property).truthy()) volume.set(member, resource.property(property));
  Map body{{"volume", std::move(volume)}};
  if (resource.property("scheduler_hints").truthy())
    body.set("OS-SCH-HNT:scheduler_hints", resource.property("scheduler_hints"));
  return body;
}

/// What a lost try of `step` may have made: volumes of this name.
Task<std::optional<Value>> find_made(Resource& resource, std::string step, std::string name) {
  const Value answer = co_await resource.session().send(
      block_storage("GET", "/volumes/detail?" + build_query({{"name", name}})));
  std::vector<Lookalike> alike;
  for (const Value& volume : answer["volumes"].as_list())
    alike.push_back({volume["id"].as_string(), volume["created_at"]});
  const auto intent = name == resource.physical_name() ? std::nullopt : resource.begun(step);
  const auto found = co_await only_one(resource, "volume", std::move(alike), intent);
  if (found) resource.set_physical_id(found->as_string());
  co_return found;
}

Task<Value> post_volume(Resource& resource) {
  const Value answer =
      co_await resource.session().send(block_storage("POST", "/volumes", request(resource)));
  resource.set_physical_id(answer["volume"]["id"].as_string());
  co_return answer["volume"]["id"];
}

Task<Value> restore_new(Resource& resource, std::string backup_id) {
  const Value answer = co_await resource.session().send(
      block_storage("POST", "/backups/" + backup_id + "/restore", Map{{"restore", Map{}}}));
  resource.set_physical_id(answer["restore"]["volume_id"].as_string());
  co_return answer["restore"]["volume_id"];
}

Task<bool> available(Resource& resource) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  const std::string status = volume["status"].string_or("");
  if (status == "available") {
    resource.set_data("volume_type", volume["volume_type"].string_or(""));
    co_return true;
  }
  if (status == "creating" || status == "restoring-backup" || status == "downloading")
    co_return false;
  if (status == "error")
    throw Error(ErrorKind::ResourceInError, "Went to status error due to \"Unknown\"");
  unknown_status(volume, "Volume create failed");
}

Task<Value> post_read_only(Resource& resource, bool read_only) {
  co_await resource.session().send(
      block_storage("POST", "/volumes/" + resource.physical_id() + "/action",
                    Map{{"os-update_readonly_flag", Map{{"readonly", read_only}}}}));
  co_return Value(read_only);
}

Task<> set_read_only(Resource& resource, bool read_only) {
  // Set a second time, it is the same.
  co_await resource.step("read-only", nullptr, [&] { return post_read_only(resource, read_only); });
}

}  // namespace

Task<> Volume::create(Resource& resource) {
  if (const Value& backup = resource.property("backup_id"); backup.truthy()) {
    const std::string backup_id = backup.as_string();
    // A restore that names no volume makes one, which Cinder names after the backup.
    const std::string made = "restore_backup_" + backup_id;
    co_await resource.step(
        "restore", [&] { return find_made(resource, "restore", made); },
        [&] { return restore_new(resource, backup_id); }, "volumes " + made);
    co_await resource.session().send(
        block_storage("PUT", "/volumes/" + resource.physical_id(),
                      Map{{"volume", name_and_description(resource)}}));
  } else {
    const std::string name = name_and_description(resource).find("name")->as_string();
    co_await resource.step(
        "volume", [&] { return find_made(resource, "volume", name); },
        [&] { return post_volume(resource); },
        name == resource.physical_name() ? "" : "volumes " + name);
  }
  co_await resource.wait([&] { return available(resource); });
  // Cinder takes the access mode of a volume only once it is available.
  if (const Value& read_only = resource.property("read_only"); read_only.is_bool())
    co_await set_read_only(resource, read_only.as_bool());
  co_await resource.save();
}

namespace {

constexpr const char* kExtendInUse = "3.42";

Task<bool> settled(Resource& resource, std::string passing, std::string what) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  const std::string status = volume["status"].string_or("");
  if (status == passing) co_return false;
  if (status == "available" || status == "in-use") co_return true;
  unknown_status(volume, what);
}

Task<std::optional<Value>> extension_begun(Resource& resource, Value size) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  if (volume["status"] == Value("extending") || volume["size"] == size) co_return Value(true);
  co_return std::nullopt;
}

Task<Value> act(Resource& resource, Value action, std::string microversion) {
  co_await resource.session().send(block_storage(
      "POST", "/volumes/" + resource.physical_id() + "/action", action, microversion));
  co_return Value(true);
}

Task<> extend(Resource& resource) {
  const Value size = resource.property("size");
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  if (size == volume["size"]) co_return;
  if (size.as_int() < volume["size"].as_int())
    throw Error(ErrorKind::NotSupported, "Shrinking volume is not supported: it has " +
                                             to_json(volume["size"]) + " GB, and " + to_json(size) +
                                             " are asked for");
  const Value action = Map{{"os-extend", Map{{"new_size", size}}}};
  const std::string version = volume["status"] == Value("in-use") ? kExtendInUse : "";
  co_await resource.step(
      "extend", [&] { return extension_begun(resource, size); },
      [&] { return act(resource, action, version); });
  co_await resource.wait([&] { return settled(resource, "extending", "Volume resize failed"); });
}

Task<std::optional<Value>> restore_begun(Resource& resource) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  if (volume["status"] == Value("restoring-backup")) co_return Value(true);
  co_return std::nullopt;  // restored a second time, it is the same
}

Task<Value> restore_into(Resource& resource, std::string backup_id) {
  co_await resource.session().send(
      block_storage("POST", "/backups/" + backup_id + "/restore",
                    Map{{"restore", Map{{"volume_id", resource.physical_id()}}}}));
  co_return Value(true);
}

Task<Value> places(Resource& resource) {
  const Value volume = co_await get_volume(resource.session(), resource.physical_id());
  co_return volume["attachments"];
}

Task<> change_detached(Resource& resource, const PropertyChanges& changes) {
  if (changes.contains("backup_id") && resource.property("backup_id").truthy()) {
    const std::string backup_id = resource.property("backup_id").as_string();
    co_await resource.step(
        "restore", [&] { return restore_begun(resource); },
        [&] { return restore_into(resource, backup_id); });
    co_await resource.wait(
        [&] { return settled(resource, "restoring-backup", "Volume backup restore failed"); });
  }
  if (changes.contains("read_only"))
    co_await set_read_only(resource, resource.property("read_only").truthy());
}

Task<Value> take_away(Resource& resource, Attachment attachment, std::string id) {
  co_await detach(resource, std::move(attachment), std::move(id));
  co_return Value(true);
}

/// Takes the volume from its servers, makes the change, and gives it back.
Task<> while_detached(Resource& resource, const PropertyChanges& changes) {
  const Value attached =
      co_await resource.step("attachments", nullptr, [&] { return places(resource); });
  std::vector<Attachment> attachments;
  for (const Value& place : attached.as_list()) {
    attachments.push_back({.server_id = place["server_id"].as_string(),
                           .volume_id = resource.physical_id(),
                           .device = place["device"].string_or("")});
    co_await resource.step("detach-" + std::to_string(attachments.size() - 1), nullptr, [&] {
      return take_away(resource, attachments.back(), place["id"].as_string());
    });
  }
  co_await change_detached(resource, changes);
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    co_await resource.step(
        "attach-" + std::to_string(i), [&] { return find_attached(resource, attachments[i]); },
        [&] { return post_attachment(resource, attachments[i]); });
    co_await wait_until_in_use(resource, resource.physical_id());
  }
}

}  // namespace

Task<> Volume::update(Resource& resource, PropertyChanges changes) {
  const std::string path = "/volumes/" + resource.physical_id();
  Session& session = resource.session();
  if (changes.contains("name") || changes.contains("description"))
    co_await session.send(
        block_storage("PUT", path, Map{{"volume", name_and_description(resource)}}));
  if (changes.contains("metadata")) {
    const Value& metadata = resource.property("metadata");
    co_await session.send(
        block_storage("PUT", path + "/metadata",
                      Map{{"metadata", metadata.is_null() ? Value(Map{}) : metadata}}));
  }
  if (changes.contains("volume_type")) {
    const Value action = Map{{"os-retype", Map{{"new_type", resource.property("volume_type")},
                                               {"migration_policy", "never"}}}};
    co_await resource.step("retype", nullptr, [&] { return act(resource, action, ""); });
    co_await resource.wait([&] { return settled(resource, "retyping", "Volume retype failed"); });
  }
  if (changes.contains("backup_id") || changes.contains("read_only"))
    co_await while_detached(resource, changes);
  if (changes.contains("size") && resource.property("size").is_int()) co_await extend(resource);
}

}  // namespace heat
