#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Reply Nova::limits(const Call& call) {
  std::int64_t servers = 0, ram = 0, cores = 0, groups = 0;
  for (const auto& [order, row] : all("servers").rows()) {
    if (!is(row.object, "tenant_id", call.caller.project_id)) continue;
    ++servers;
    ram += get(row.object, "flavor")["ram"].as_int();
    cores += get(row.object, "flavor")["vcpus"].as_int();
  }
  for (const auto& [order, row] : all("server-groups").rows())
    groups += is(row.object, "project_id", call.caller.project_id);
  Map absolute;
  for (const char* name : {"maxTotalInstances", "maxTotalCores", "maxTotalRAMSize", "maxServerMeta",
                           "maxTotalKeypairs", "maxServerGroups", "maxServerGroupMembers"})
    absolute.set(name, -1);
  absolute.set("totalRAMUsed", ram);
  absolute.set("totalCoresUsed", cores);
  absolute.set("totalInstancesUsed", servers);
  absolute.set("totalServerGroupsUsed", groups);
  return {200, Map{{"limits", Map{{"rate", List{}}, {"absolute", absolute}}}}, {}};
}

Reply Nova::quotas(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  Map quota{{"id", call.part(2)}};
  for (const char* name : {"instances", "cores", "ram", "metadata_items", "key_pairs",
                           "server_groups", "server_group_members"})
    quota.set(name, -1);
  return {200, Map{{"quota_set", quota}}, {}};
}

}  // namespace heat::twin
