// Servers: found, changed by name, removed.
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

Map& Nova::need(std::string_view id, const Call& call) {
  Map* server = all("servers").find(id);
  if (!server || (!call.caller.admin() && !is(*server, "tenant_id", call.caller.project_id)))
    throw Refusal{404, "Instance " + std::string(id) + " could not be found.", ""};
  return *server;
}

void Nova::state(Map& server, std::string vm_state, Value task_state) {
  server.set("vm_state", std::move(vm_state));
  server.set("task_state", std::move(task_state));
  server.set("updated", world_.iso());
}

Reply Nova::servers(const Call& call) {
  const std::string_view id = call.part(2);
  if (id.empty() && call.method == "POST") return create(call);
  if (id.empty() || id == "detail") return list(call);
  return server(need(id, call), call);
}

Reply Nova::server(Map& server, const Call& call) {
  const std::string_view below = call.part(3);
  if (below == "action" && call.method == "POST") return action(server, call);
  if (below == "os-interface") return interfaces(server, call);
  if (below == "os-volume_attachments") return volume_attachments(server, call);
  if (below == "metadata") return metadata(server, call);
  if (below == "tags") return tags(server, call);
  if (below == "os-security-groups") return security_groups(server);
  if (below == "ips") return {200, Map{{"addresses", addresses(server)}}, {}};
  if (!below.empty()) throw NoSuchPath{};
  if (call.method == "PUT") {
    const Value& wanted = call.body["server"];
    for (const char* member : {"name", "description", "accessIPv4", "accessIPv6", "hostname"})
      if (const Value* value = wanted.find(member)) server.set(member, *value);
    server.set("updated", world_.iso());
  }
  if (call.method == "GET" || call.method == "PUT")
    return {200, Map{{"server", shown(server, call, false)}}, {}};
  if (call.method != "DELETE") throw NoSuchPath{};
  if (is(server, "task_state", "deleting")) return {204, {}, {}};
  server.set("task_state", "deleting");
  world_.later("server.delete", [this, id = text(server, "id")] {
    if (Map* gone = all("servers").find(id)) remove(*gone);
  });
  return {204, {}, {}};
}

void Nova::release_port(std::string_view id, bool own) {
  Map* port = neutron_.objects("ports").find(id);
  if (!port) return;
  neutron_.unbind_port(*port);
  if (own) neutron_.remove("ports", id, Caller::service());
}

void Nova::remove(Map& server) {
  const std::string id = text(server, "id");
  for (const Value& port : get(server, "ports").as_list())
    release_port(port["id"].as_string(), port["own"].as_bool());
  const Caller system = Caller::service();
  for (const Value& each : get(server, "volumes").as_list()) {
    Map* volume = cinder_.find(each["id"].as_string(), system);
    if (!volume) continue;
    cinder_.detach(*volume, id);
    if (each["delete_on_termination"].truthy()) cinder_.remove(each["id"].as_string());
  }
  all("servers").erase(id);
}

}  // namespace heat::twin
