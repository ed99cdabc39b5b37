#include "twin/cinder/cinder.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Reply Cinder::limits(const Call& call) {
  std::int64_t volumes = 0, gigabytes = 0, snapshots = 0;
  for (const auto& [order, row] : all("volumes").rows())
    if (is(row.object, "project_id", call.caller.project_id))
      ++volumes, gigabytes += get(row.object, "size").as_int();
  for (const auto& [order, row] : all("snapshots").rows())
    snapshots += is(row.object, "project_id", call.caller.project_id);
  Map absolute;
  for (const char* name : {"maxTotalVolumes", "maxTotalSnapshots", "maxTotalVolumeGigabytes",
                           "maxTotalBackups", "maxTotalBackupGigabytes"})
    absolute.set(name, -1);
  absolute.set("totalVolumesUsed", volumes);
  absolute.set("totalGigabytesUsed", gigabytes);
  absolute.set("totalSnapshotsUsed", snapshots);
  absolute.set("totalBackupsUsed", 0);
  absolute.set("totalBackupGigabytesUsed", 0);
  return {200, Map{{"limits", Map{{"rate", List{}}, {"absolute", absolute}}}}, {}};
}

Reply Cinder::quotas(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  Map quota;
  for (const char* name : {"volumes", "per_volume_gigabytes", "snapshots", "gigabytes", "backups",
                           "backup_gigabytes", "groups"})
    quota.set(name, -1);
  for (const auto& [order, row] : all("types").rows())
    for (const char* what : {"volumes_", "gigabytes_", "snapshots_"})
      quota.set(what + text(row.object, "name"), -1);
  quota.set("id", call.part(3));
  return {200, Map{{"quota_set", quota}}, {}};
}

}  // namespace heat::twin
