#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

void Neutron::check_quota(const Kind& kind, std::string_view project) {
  const Map* own = world_["network/quotas"].find(project);
  const auto general = world_.options().quotas.find(kind.singular);
  std::int64_t limit = general == world_.options().quotas.end() ? -1 : general->second;
  if (own && get(*own, kind.singular).is_int()) limit = get(*own, kind.singular).as_int();
  if (limit < 0) return;
  std::int64_t used = 0;
  for (const auto& [order, row] : objects(kind.plural).rows())
    used += is(row.object, "tenant_id", project);
  if (used >= limit)
    throw Refusal{409, "Quota exceeded for resources: ['" + std::string(kind.singular) + "'].",
                  "OverQuota"};
}

Reply Neutron::quotas(const Call& call) {
  const std::string project(call.path.size() > 2 ? call.part(2) : call.caller.project_id);
  Objects& own = world_["network/quotas"];
  if (call.method == "DELETE" || call.method == "PUT") {
    if (!call.caller.admin())
      throw Refusal{403, "(rule:update_quota) is disallowed by policy", "PolicyNotAuthorized"};
    if (call.method == "DELETE") {
      own.erase(project);
      return {204, {}, {}};
    }
    Map& quota = own.find(project) ? *own.find(project) : own.add(project, Map{});
    if (const Value* sent = call.body.find("quota"); sent && sent->is_map())
      for (const auto& [name, value, kind] : sent->as_map()) quota.set(name, value);
  }
  Map shown;
  for (const char* name : {"network", "subnet", "subnetpool", "port", "router", "floatingip",
                           "rbac_policy", "security_group", "security_group_rule", "trunk"}) {
    const auto general = world_.options().quotas.find(name);
    shown.set(name, general == world_.options().quotas.end() ? -1 : general->second);
  }
  if (const Map* quota = own.find(project))
    for (const auto& [name, value, kind] : *quota) shown.set(name, value);
  return {200, Map{{"quota", shown}}, {}};
}

}  // namespace heat::twin
