#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Reply Nova::server_groups(const Call& call) {
  const int minor = microversion(call);
  Objects& known = all("server-groups");
  const auto view = [&](const Map& group) {
    Map shown{{"id", get(group, "id")}, {"name", get(group, "name")}};
    if (minor >= 64) {
      shown.set("policy", get(group, "policy"));
      shown.set("rules", get(group, "rules"));
    } else {
      shown.set("policies", List{get(group, "policy")});
      shown.set("metadata", Map{});
    }
    List members;
    for (const auto& [order, row] : all("servers").rows())
      if (get(row.object, "group") == get(group, "id")) members.push_back(row.id);
    shown.set("members", members);
    if (minor >= 13) {
      shown.set("project_id", get(group, "project_id"));
      shown.set("user_id", get(group, "user_id"));
    }
    return shown;
  };
  if (call.method == "POST") {
    const Value& wanted = call.body["server_group"];
    const Value& policy = minor >= 64 ? wanted["policy"] : wanted["policies"][0];
    if (!wanted["name"].is_string()) throw missing_member("server_group", wanted, "name");
    if (!policy.is_string())
      throw missing_member("server_group", wanted, minor >= 64 ? "policy" : "policies");
    const std::string id = world_.uuid();
    return {200,
            Map{{"server_group",
                 view(known.add(
                     id, Map{{"id", id},
                             {"name", wanted["name"]},
                             {"policy", policy},
                             {"rules", wanted["rules"].is_map() ? wanted["rules"] : Value(Map{})},
                             {"project_id", call.caller.project_id},
                             {"user_id", call.caller.user_id}}))}},
            {}};
  }
  const std::string id(call.part(2));
  if (id.empty()) {
    List list;
    for (const auto& [order, row] : known.rows())
      if (is(row.object, "project_id", call.caller.project_id)) list.push_back(view(row.object));
    return {200, Map{{"server_groups", list}}, {}};
  }
  const Map* group = known.find(id);
  if (!group || (!is(*group, "project_id", call.caller.project_id) && !call.caller.admin()))
    throw Refusal{404, "Instance group " + id + " could not be found.", ""};
  if (call.method != "DELETE") return {200, Map{{"server_group", view(*group)}}, {}};
  known.erase(id);
  return {204, {}, {}};
}

}  // namespace heat::twin
