// Volumes: how they are made, shown, changed and removed.
#include "twin/cinder/cinder.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

constexpr const char* kUndeletable =
    "Invalid volume: Volume status must be available or error or error_restoring or "
    "error_extending or error_managing and must not be migrating, attached, belong to a group, "
    "have snapshots, awaiting a transfer, or be disassociated from snapshots after volume "
    "transfer.";

/// What a volume remembers of the image it was made from; all as text.
Map image_metadata(const Map& image) {
  Map metadata{{"image_id", get(image, "id")}, {"image_name", get(image, "name")}};
  for (const char* member :
       {"checksum", "container_format", "disk_format", "min_disk", "min_ram", "size"})
    metadata.set(member, query_text(get(image, member)));
  return metadata;
}

/// From 3.42 on a volume grows while a server uses it.
bool extends_in_use(const Call& call) {
  const std::string version = block_storage_version(call);
  return version.starts_with("volume 3.") && std::atoi(version.c_str() + 9) >= 42;
}

}  // namespace

Map Cinder::shown(const Map& volume, bool whole) const {
  Map view;
  for (const char* member :
       {"id", "status", "size", "availability_zone", "created_at", "updated_at", "name",
        "description", "volume_type", "snapshot_id", "source_volid", "metadata", "user_id",
        "bootable", "encrypted", "replication_status", "consistencygroup_id", "multiattach",
        "attachments"})
    view.set(member, get(volume, member));
  view.set("links", links(volume, "volumes"));
  if (!whole) return view;
  view.set("os-vol-tenant-attr:tenant_id", get(volume, "project_id"));
  if (const Value* image = volume.find("volume_image_metadata"))
    view.set("volume_image_metadata", *image);
  return view;
}

Map& Cinder::create(const Value& wanted, const Caller& caller) {
  Value size = wanted["size"];
  Value bootable("false");
  std::string type = "__DEFAULT__";
  if (const Value& asked = wanted["volume_type"]; asked.is_string()) {
    type.clear();
    for (const auto& [order, row] : all("types").rows())
      if (row.id == asked.as_string() || get(row.object, "name") == asked)
        type = text(row.object, "name");
    if (type.empty())
      throw Refusal{404, "Volume type with name " + asked.as_string() + " could not be found.", ""};
  }
  if (const Value& id = wanted["snapshot_id"]; id.is_string()) {
    const Map* snapshot = all("snapshots").find(id.as_string());
    if (!snapshot || !mine(*snapshot, caller)) throw not_found("Snapshot", id.as_string());
    if (size.is_null()) size = get(*snapshot, "size");
    if (const Map* origin = all("volumes").find(text(*snapshot, "volume_id")))
      bootable = get(*origin, "bootable");
  }
  if (const Value& id = wanted["source_volid"]; id.is_string()) {
    const Map& origin = need(id.as_string(), caller);
    if (size.is_null()) size = get(origin, "size");
    bootable = get(origin, "bootable");
  }
  const Value& image_id = wanted["imageRef"];
  const Map* image = image_id.is_string() ? glance_.find(image_id.as_string()) : nullptr;
  if (image_id.is_string() && !image)
    throw Refusal{400, "Invalid image identifier or unable to access requested image.", ""};
  if (size.is_string()) size = Value::integer(size.as_string());
  if (!size.is_int() || size.as_int() <= 0)
    throw Refusal{400,
                  "The server could not comply with the request since it is either malformed or "
                  "otherwise incorrect.",
                  ""};
  const std::string id = world_.uuid();
  Map volume{{"id", id},
             {"status", "creating"},
             {"size", size},
             {"availability_zone", wanted["availability_zone"].string_or("nova")},
             {"created_at", stamp()},
             {"updated_at", nullptr},
             {"name", wanted["name"]},
             {"description", wanted["description"]},
             {"volume_type", type},
             {"snapshot_id", wanted["snapshot_id"]},
             {"source_volid", wanted["source_volid"]},
             {"metadata", wanted["metadata"].is_map() ? wanted["metadata"] : Value(Map{})},
             {"user_id", caller.user_id},
             {"project_id", caller.project_id},
             {"bootable", bootable},
             {"encrypted", false},
             {"replication_status", nullptr},
             {"consistencygroup_id", nullptr},
             {"multiattach", wanted["multiattach"].truthy()},
             {"attachments", List{}}};
  const Value of_image = image ? Value(image_metadata(*image)) : Value();
  Map& made = all("volumes").add(id, std::move(volume));
  const bool fails = !world_.take_failure("volume.create").empty();
  world_.later("volume.create", [this, id, of_image, fails] {
    Map* created = all("volumes").find(id);
    if (!created || !is(*created, "status", "creating")) return;
    created->set("status", fails ? "error" : "available");
    if (of_image.is_map()) {
      created->set("bootable", "true");
      created->set("volume_image_metadata", of_image);
    }
    touch(*created);
  });
  return made;
}

bool Cinder::has_snapshots(std::string_view volume) {
  for (const auto& [order, row] : all("snapshots").rows())
    if (is(row.object, "volume_id", volume)) return true;
  return false;
}

Reply Cinder::volumes(const Call& call) {
  const std::string_view id = call.part(3);
  if (id.empty() && call.method == "POST") {
    const Map& made = create(call.body["volume"], call.caller);
    // The answer shows what was asked, even where the change took no time.
    Map view = shown(made, false);
    view.set("status", "creating");
    view.set("updated_at", nullptr);
    return {202, Map{{"volume", view}}, {}};
  }
  if ((id.empty() || id == "detail") && call.method == "GET") {
    std::vector<Map> rows;
    for (const auto& [order, row] : all("volumes").rows())
      if ((call.query.has("all_tenants") ? mine(row.object, call.caller)
                                         : is(row.object, "project_id", call.caller.project_id)) &&
          matches(row.object, call.query))
        rows.push_back(row.object);
    std::reverse(rows.begin(), rows.end());  // the newest first, as Cinder does
    sort_rows(rows, call.query);
    Page page = page_of(std::move(rows), call.query);
    List list;
    for (const Map& each : page.rows)
      list.push_back(id == "detail" ? shown(each, true)
                                    : Map{{"id", get(each, "id")},
                                          {"name", get(each, "name")},
                                          {"links", links(each, "volumes")}});
    Map body{{"volumes", list}};
    if (page.more)
      body.set(
          "volumes_links",
          List{Map{{"rel", "next"},
                   {"href", world_.options().base_url + "/volume" + call.target + "?" +
                                call.query.str() + "&marker=" + text(page.rows.back(), "id")}}});
    return {200, body, {}};
  }
  Map& volume = need(id, call.caller);
  if (call.part(4) == "action" && call.method == "POST") return volume_action(volume, call);
  if (call.part(4) == "metadata") return metadata(volume, call);
  if (call.path.size() > 4) throw NoSuchPath{};
  if (call.method == "GET") return {200, Map{{"volume", shown(volume, true)}}, {}};
  if (call.method == "PUT") {
    for (const char* member : {"name", "description", "metadata"})
      if (const Value* value = call.body["volume"].find(member)) volume.set(member, *value);
    touch(volume);
    return {200, Map{{"volume", shown(volume, false)}}, {}};
  }
  if (call.method != "DELETE") throw NoSuchPath{};
  const std::string status = text(volume, "status");
  if ((status != "available" && !status.starts_with("error")) || has_snapshots(id))
    throw Refusal{400, kUndeletable, ""};
  remove(id);
  return {202, {}, {}};
}

void Cinder::remove(std::string_view id) {
  Map* volume = all("volumes").find(id);
  if (!volume) return;
  volume->set("status", "deleting");
  const bool fails = !world_.take_failure("volume.delete").empty();
  world_.later("volume.delete", [this, id = std::string(id), fails] {
    if (!fails)
      all("volumes").erase(id);
    else if (Map* kept = all("volumes").find(id))
      kept->set("status", "error_deleting");
  });
}

Reply Cinder::volume_action(Map& volume, const Call& call) {
  const std::string id = text(volume, "id");
  if (const Value* extend = call.body.find("os-extend")) {
    const Value size = (*extend)["new_size"];
    const std::string before = text(volume, "status");
    if (before != "available" && !(before == "in-use" && extends_in_use(call)))
      throw Refusal{400,
                    "Invalid volume: Volume " + id +
                        " status must be 'available' to extend, "
                        "currently " +
                        before + ".",
                    ""};
    if (!size.is_int() || size.as_int() <= get(volume, "size").as_int())
      throw Refusal{400,
                    "Invalid input received: New size for extend must be greater than current "
                    "size. (current: " +
                        query_text(get(volume, "size")) + ", extended: " + query_text(size) + ").",
                    ""};
    volume.set("status", "extending");
    const bool fails = !world_.take_failure("volume.extend").empty();
    world_.later("volume.extend", [this, id, size, before, fails] {
      Map* extended = all("volumes").find(id);
      if (!extended) return;
      if (!fails) extended->set("size", size);
      extended->set("status", fails ? "error_extending" : before);
      touch(*extended);
    });
    return {202, {}, {}};
  }
  if (const Value* bootable = call.body.find("os-set_bootable")) {
    volume.set("bootable", (*bootable)["bootable"].truthy() ? "true" : "false");
    return {200, {}, {}};
  }
  if (const Value* readonly = call.body.find("os-update_readonly_flag")) {
    volume.set("readonly", (*readonly)["readonly"]);
    return {202, {}, {}};
  }
  if (const Value* retype = call.body.find("os-retype")) {
    volume.set("volume_type", (*retype)["new_type"]);
    return {202, {}, {}};
  }
  const Value* reset = call.body.find("os-reset_status");
  if (reset && call.caller.admin()) {
    volume.set("status", (*reset)["status"]);
    return {202, {}, {}};
  }
  const std::string name = call.body.is_map() && !call.body.as_map().empty()
                               ? call.body.as_map().at_index(0).key
                               : std::string();
  throw Refusal{400,
                "There is no such action: " + name +
                    ". Verify the request body and Content-Type header and try again.",
                ""};
}

std::string Cinder::attach(Map& volume, std::string_view server, std::string_view device) {
  const std::string id = world_.uuid();
  List attachments = get(volume, "attachments").as_list();
  attachments.push_back(Map{{"id", get(volume, "id")},
                            {"attachment_id", id},
                            {"volume_id", get(volume, "id")},
                            {"server_id", server},
                            {"host_name", nullptr},
                            {"device", device},
                            {"attached_at", stamp()}});
  volume.set("attachments", attachments);
  volume.set("status", "in-use");
  touch(volume);
  return id;
}

void Cinder::detach(Map& volume, std::string_view server) {
  List kept;
  for (const Value& each : get(volume, "attachments").as_list())
    if (each["server_id"] != Value(server)) kept.push_back(each);
  volume.set("status", kept.empty() ? "available" : "in-use");
  volume.set("attachments", kept);
  touch(volume);
}

}  // namespace heat::twin
