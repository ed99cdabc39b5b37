// How servers are shown.
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

std::string_view status_of(const Map& server) {
  const std::string vm = text(server, "vm_state"), task = text(server, "task_state");
  if (task.starts_with("rebuild")) return "REBUILD";
  if (task.starts_with("resize")) return "RESIZE";
  if (task == "rebooting") return "REBOOT";
  if (task == "rebooting_hard") return "HARD_REBOOT";
  if (vm == "building") return "BUILD";
  if (vm == "stopped") return "SHUTOFF";
  if (vm == "resized") return "VERIFY_RESIZE";
  if (vm == "suspended") return "SUSPENDED";
  if (vm == "paused") return "PAUSED";
  if (vm == "error") return "ERROR";
  return "ACTIVE";
}

int power_of(const Map& server) {
  const std::string vm = text(server, "vm_state");
  if (vm == "building" || vm == "error") return 0;
  return vm == "stopped" || vm == "suspended" ? 4 : 1;
}

}  // namespace

Map Nova::addresses(const Map& server) {
  Map shown;
  for (const Value& each : get(server, "ports").as_list()) {
    const Map* port = neutron_.objects("ports").find(each["id"].as_string());
    if (!port) continue;
    const Map& network = *neutron_.objects("networks").find(text(*port, "network_id"));
    const std::string name = text(network, "name");
    List list = shown.contains(name) ? get(shown, name).as_list() : List{};
    const auto add = [&](const Value& address, const char* type) {
      const bool v6 = address.as_string().find(':') != std::string::npos;
      list.push_back(Map{{"version", v6 ? 6 : 4},
                         {"addr", address},
                         {"OS-EXT-IPS:type", type},
                         {"OS-EXT-IPS-MAC:mac_addr", get(*port, "mac_address")}});
    };
    for (const Value& fixed : get(*port, "fixed_ips").as_list()) {
      add(fixed["ip_address"], "fixed");
      for (const auto& [order, row] : neutron_.objects("floatingips").rows())
        if (get(row.object, "port_id") == get(*port, "id") &&
            get(row.object, "fixed_ip_address") == fixed["ip_address"])
          add(get(row.object, "floating_ip_address"), "floating");
    }
    shown.set(name, list);
  }
  return shown;
}

List Nova::group_names(const Map& server) {
  List names;
  for (const Value& each : get(server, "ports").as_list()) {
    const Map* port = neutron_.objects("ports").find(each["id"].as_string());
    for (const Value& group : port ? get(*port, "security_groups").as_list() : List{})
      if (const Map* known = neutron_.objects("security-groups").find(group.as_string()))
        names.push_back(Map{{"name", get(*known, "name")}});
  }
  return names;
}

Map Nova::shown(const Map& server, const Call& call, bool listed) {
  const int minor = microversion(call);
  const std::string id = text(server, "id");
  Map view;
  for (const char* member :
       {"id", "name", "tenant_id", "user_id", "metadata", "hostId", "created", "updated",
        "accessIPv4", "accessIPv6", "OS-DCF:diskConfig", "OS-EXT-AZ:availability_zone",
        "config_drive", "key_name", "OS-SRV-USG:launched_at", "OS-SRV-USG:terminated_at"})
    view.set(member, get(server, member));
  const std::string status(status_of(server));
  view.set("status", status);
  view.set("addresses", addresses(server));
  view.set("links", links("servers/" + id));
  view.set("OS-EXT-STS:task_state", get(server, "task_state"));
  view.set("OS-EXT-STS:vm_state", get(server, "vm_state"));
  view.set("OS-EXT-STS:power_state", power_of(server));
  const std::string base = world_.options().base_url + "/compute/";
  const std::string image = text(server, "image");
  view.set("image", image.empty()
                        ? Value("")
                        : Value(Map{{"id", image},
                                    {"links", List{Map{{"rel", "bookmark"},
                                                       {"href", base + "images/" + image}}}}}));
  const Value& flavor = get(server, "flavor");
  if (minor >= 47) {
    view.set("flavor", Map{{"vcpus", flavor["vcpus"]},
                           {"ram", flavor["ram"]},
                           {"disk", flavor["disk"]},
                           {"ephemeral", flavor["OS-FLV-EXT-DATA:ephemeral"]},
                           {"swap", flavor["swap"]},
                           {"original_name", flavor["name"]},
                           {"extra_specs", flavor["extra_specs"]}});
  } else {
    const std::string flavor_id = flavor["id"].as_string();
    view.set(
        "flavor",
        Map{{"id", flavor_id},
            {"links", List{Map{{"rel", "bookmark"}, {"href", base + "flavors/" + flavor_id}}}}});
  }
  if (status == "ACTIVE" || status == "BUILD" || status == "REBUILD" || status == "RESIZE" ||
      status == "VERIFY_RESIZE" || status.ends_with("REBOOT"))
    view.set("progress", 0);
  if (const List groups = group_names(server); !groups.empty()) view.set("security_groups", groups);
  if (const Value* fault = server.find("fault")) view.set("fault", *fault);
  List volumes;
  for (const Value& volume : get(server, "volumes").as_list()) {
    Map shown{{"id", volume["id"]}};
    if (minor >= 3) shown.set("delete_on_termination", volume["delete_on_termination"]);
    volumes.push_back(std::move(shown));
  }
  view.set("os-extended-volumes:volumes_attached", volumes);
  if (minor >= 9) view.set("locked", get(server, "locked"));
  if (minor >= 73) view.set("locked_reason", nullptr);
  if (minor >= 19) view.set("description", get(server, "description"));
  if (minor >= 26) view.set("tags", get(server, "tags"));
  if (minor >= 63) view.set("trusted_image_certificates", nullptr);
  if (minor >= 90) view.set("OS-EXT-SRV-ATTR:hostname", get(server, "hostname"));
  if (minor >= 71 && !listed) {
    const Value& group = get(server, "group");
    view.set("server_groups", group.is_null() ? List{} : List{group});
  }
  if (call.caller.admin()) {
    view.set("OS-EXT-SRV-ATTR:host", "twin");
    view.set("OS-EXT-SRV-ATTR:hypervisor_hostname", "twin");
    view.set("OS-EXT-SRV-ATTR:instance_name", "instance-" + id.substr(0, 8));
  }
  return view;
}

Reply Nova::list(const Call& call) {
  const bool detail = call.part(2) == "detail";
  const bool everywhere = call.query.get("all_tenants") != "" && call.caller.admin();
  std::vector<Map> rows;
  for (const auto& [order, row] : all("servers").rows()) {
    const Map& server = row.object;
    if (!everywhere && !is(server, "tenant_id", call.caller.project_id)) continue;
    const std::string name = call.query.get("name");
    if (text(server, "name").find(name) == std::string::npos) continue;
    if (call.query.has("status") && call.query.get("status") != status_of(server)) continue;
    Map plain = server;
    for (const char* member : {"name", "status", "all_tenants"}) plain.erase(member);
    if (matches(plain, call.query)) rows.push_back(server);
  }
  std::reverse(rows.begin(), rows.end());  // the newest first
  sort_rows(rows, call.query);
  Page page = page_of(std::move(rows), call.query);
  if (page.unknown_marker) throw bad("marker [" + call.query.get("marker") + "] not found");
  List list;
  for (const Map& server : page.rows)
    list.push_back(detail ? shown(server, call, true)
                          : Map{{"id", get(server, "id")},
                                {"name", get(server, "name")},
                                {"links", links("servers/" + text(server, "id"))}});
  Map body{{"servers", list}};
  if (page.more)
    body.set("servers_links",
             List{Map{{"rel", "next"},
                      {"href", world_.options().base_url + "/compute" + call.target +
                                   "?limit=" + call.query.get("limit") +
                                   "&marker=" + text(page.rows.back(), "id")}}});
  return {200, body, {}};
}

}  // namespace heat::twin
