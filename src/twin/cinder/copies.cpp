// What is kept of volumes: snapshots and backups.
#include "twin/cinder/cinder.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Map Cinder::make_snapshot(const Call& call) {
  const Value& wanted = call.body["snapshot"];
  const Map& volume = need(wanted["volume_id"].string_or(""), call.caller);
  if (!is(volume, "status", "available") && !wanted["force"].truthy())
    throw Refusal{400,
                  "Invalid volume: Volume " + text(volume, "id") +
                      " status must be available, "
                      "but current status is: " +
                      text(volume, "status") + ".",
                  ""};
  const std::string id = world_.uuid();
  Map made{{"id", id},
           {"created_at", stamp()},
           {"updated_at", nullptr},
           {"name", wanted["name"]},
           {"description", wanted["description"]},
           {"volume_id", get(volume, "id")},
           {"status", "creating"},
           {"size", get(volume, "size")},
           {"metadata", wanted["metadata"].is_map() ? wanted["metadata"] : Value(Map{})},
           {"project_id", call.caller.project_id}};
  Map view = all("snapshots").add(id, std::move(made));
  const bool fails = !world_.take_failure("snapshot.create").empty();
  world_.later("snapshot.create", [this, id, fails] {
    if (Map* created = all("snapshots").find(id)) {
      created->set("status", fails ? "error" : "available");
      touch(*created);
    }
  });
  view.erase("project_id");
  return view;
}

Reply Cinder::snapshots(const Call& call) {
  const std::string_view id = call.part(3);
  if (call.method == "POST" && id.empty()) return {202, Map{{"snapshot", make_snapshot(call)}}, {}};
  const auto view = [](Map snapshot, bool whole) {
    if (whole) {
      snapshot.set("os-extended-snapshot-attributes:project_id", get(snapshot, "project_id"));
      snapshot.set("os-extended-snapshot-attributes:progress",
                   is(snapshot, "status", "available") ? "100%" : "0%");
    }
    snapshot.erase("project_id");
    return snapshot;
  };
  if (call.method == "GET" && (id.empty() || id == "detail")) {
    List list;
    for (const auto& [order, row] : all("snapshots").rows())
      if (mine(row.object, call.caller) && matches(row.object, call.query))
        list.push_back(view(row.object, id == "detail"));
    return {200, Map{{"snapshots", list}}, {}};
  }
  Map* snapshot = all("snapshots").find(id);
  if (!snapshot || !mine(*snapshot, call.caller)) throw not_found("Snapshot", id);
  if (call.part(4) == "metadata") return metadata(*snapshot, call);
  if (call.method == "GET") return {200, Map{{"snapshot", view(*snapshot, true)}}, {}};
  if (call.method != "DELETE") throw NoSuchPath{};
  snapshot->set("status", "deleting");
  world_.later("snapshot.delete", [this, gone = std::string(id)] { all("snapshots").erase(gone); });
  return {202, {}, {}};
}

Map Cinder::make_backup(const Call& call) {
  const Value& wanted = call.body["backup"];
  Map& volume = need(wanted["volume_id"].string_or(""), call.caller);
  const std::string status = text(volume, "status");
  if (status != "available" && !(status == "in-use" && wanted["force"].truthy()))
    throw Refusal{400,
                  "Invalid volume: Volume to be backed up must be available or in-use, but the "
                  "current status is \"" +
                      status + "\".",
                  ""};
  const std::string id = world_.uuid(), volume_id = text(volume, "id");
  Map made{{"id", id},
           {"status", "creating"},
           {"size", get(volume, "size")},
           {"object_count", 0},
           {"availability_zone", nullptr},
           {"container", wanted["container"]},
           {"created_at", stamp()},
           {"updated_at", stamp()},
           {"name", wanted["name"]},
           {"description", wanted["description"]},
           {"fail_reason", nullptr},
           {"volume_id", volume_id},
           {"is_incremental", wanted["incremental"].truthy()},
           {"has_dependent_backups", false},
           {"snapshot_id", wanted["snapshot_id"]},
           {"data_timestamp", stamp()},
           {"project_id", call.caller.project_id}};
  volume.set("status", "backing-up");
  const Map& added = all("backups").add(id, std::move(made));
  const Map answer{{"id", id}, {"name", wanted["name"]}, {"links", links(added, "backups")}};
  const std::string failure = world_.take_failure("backup.create");
  world_.later("backup.create", [this, id, volume_id, status, failure] {
    if (Map* of = all("volumes").find(volume_id)) of->set("status", status);
    Map* backup = all("backups").find(id);
    if (!backup) return;
    backup->set("status", failure.empty() ? "available" : "error");
    if (!failure.empty()) backup->set("fail_reason", failure);
    touch(*backup);
  });
  return answer;
}

Reply Cinder::backups(const Call& call) {
  const std::string_view id = call.part(3);
  if (call.method == "POST" && id.empty()) return {202, Map{{"backup", make_backup(call)}}, {}};
  const auto view = [this](Map backup, bool whole) {
    const List own = links(backup, "backups");
    if (!whole)
      return Map{{"id", get(backup, "id")}, {"name", get(backup, "name")}, {"links", own}};
    backup.set("links", own);
    backup.erase("project_id");
    return backup;
  };
  if (call.method == "GET" && (id.empty() || id == "detail")) {
    List list;
    for (const auto& [order, row] : all("backups").rows())
      if (mine(row.object, call.caller) && matches(row.object, call.query))
        list.push_back(view(row.object, id == "detail"));
    return {200, Map{{"backups", list}}, {}};
  }
  Map* backup = all("backups").find(id);
  if (!backup || !mine(*backup, call.caller)) throw not_found("Backup", id);
  if (call.method == "GET") return {200, Map{{"backup", view(*backup, true)}}, {}};
  if (call.method != "DELETE") throw NoSuchPath{};
  backup->set("status", "deleting");
  world_.later("backup.delete", [this, gone = std::string(id)] { all("backups").erase(gone); });
  return {202, {}, {}};
}

}  // namespace heat::twin
