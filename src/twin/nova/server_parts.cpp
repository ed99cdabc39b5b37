// What a server has besides: metadata, tags, security groups.
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Reply Nova::metadata(Map& server, const Call& call) {
  Map metadata = get(server, "metadata").as_map();
  const std::string key(call.part(4));
  if (call.method == "DELETE") {
    if (!metadata.erase(key)) throw Refusal{404, "Metadata item was not found", ""};
    server.set("metadata", metadata);
    return {204, {}, {}};
  }
  if (!key.empty() && call.method == "GET") {
    if (!metadata.contains(key)) throw Refusal{404, "Metadata item was not found", ""};
    return {200, Map{{"meta", Map{{key, get(metadata, key)}}}}, {}};
  }
  const Value& sent = key.empty() ? call.body["metadata"] : call.body["meta"];
  if (call.method == "PUT" && key.empty()) metadata = Map{};
  if (sent.is_map())
    for (const auto& [name, value, kind] : sent.as_map()) metadata.set(name, value);
  server.set("metadata", metadata);
  return {200, key.empty() ? Map{{"metadata", metadata}} : Map{{"meta", sent}}, {}};
}

Reply Nova::tags(Map& server, const Call& call) {
  if (microversion(call) < 26) throw NoSuchPath{};
  if (call.method == "GET") return {200, Map{{"tags", get(server, "tags")}}, {}};
  if (call.method == "DELETE") {
    server.set("tags", List{});
    return {204, {}, {}};
  }
  if (call.method != "PUT" || !call.body["tags"].is_list()) throw bad("'tags' must be a list.");
  server.set("tags", call.body["tags"]);
  return {200, Map{{"tags", call.body["tags"]}}, {}};
}

void Nova::change_groups(Map& server, const Value& name, bool add, const Call& call) {
  const Value group = neutron_.group_named(name.string_or(""), call.caller);
  const std::string group_id = group.as_string();
  for (const Value& each : get(server, "ports").as_list()) {
    Map* port = neutron_.objects("ports").find(each["id"].as_string());
    if (!port) continue;
    List groups = get(*port, "security_groups").as_list();
    const auto place = std::find(groups.begin(), groups.end(), group);
    if (add && place != groups.end())
      throw bad("Invalid input for security_groups. Reason: Duplicate items in the list: '" +
                group_id + "'.");
    if (!add && place == groups.end())
      throw Refusal{
          404,
          "Security group " + group_id + " not associated with the instance " + text(server, "id"),
          ""};
    if (add)
      groups.push_back(group);
    else
      groups.erase(place);
    port->set("security_groups", groups);
  }
}

List Nova::ingress_rules(std::string_view group) {
  List rules;
  for (const auto& [order, row] : neutron_.objects("security-group-rules").rows()) {
    const Map& rule = row.object;
    if (!is(rule, "security_group_id", group) || !is(rule, "direction", "ingress")) continue;
    const Map* remote = neutron_.objects("security-groups").find(text(rule, "remote_group_id"));
    const std::string cidr = text(rule, "remote_ip_prefix");
    rules.push_back(Map{{"id", row.id},
                        {"parent_group_id", group},
                        {"ip_protocol", get(rule, "protocol")},
                        {"from_port", get(rule, "port_range_min")},
                        {"to_port", get(rule, "port_range_max")},
                        {"group", remote ? Map{{"name", get(*remote, "name")},
                                               {"tenant_id", get(*remote, "tenant_id")}}
                                         : Map{}},
                        {"ip_range", cidr.empty() ? Map{} : Map{{"cidr", cidr}}}});
  }
  return rules;
}

Reply Nova::security_groups(const Map& server) {
  List groups;
  for (const Value& each : get(server, "ports").as_list()) {
    const Map* port = neutron_.objects("ports").find(each["id"].as_string());
    for (const Value& id : port ? get(*port, "security_groups").as_list() : List{})
      if (const Map* group = neutron_.objects("security-groups").find(id.as_string()))
        groups.push_back(Map{{"id", id},
                             {"name", get(*group, "name")},
                             {"description", get(*group, "description")},
                             {"tenant_id", get(*group, "tenant_id")},
                             {"rules", ingress_rules(id.as_string())}});
  }
  return {200, Map{{"security_groups", groups}}, {}};
}

}  // namespace heat::twin
