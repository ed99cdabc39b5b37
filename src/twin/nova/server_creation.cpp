// How servers are made, and what is joined to them then.
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

std::string hostname_of(std::string name) {
  for (char& c : name)
    c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::tolower(c)) : '-';
  return name;
}

}  // namespace

List Nova::check_networks(const Call& call, const Value& wanted) {
  const int minor = microversion(call);
  const Value& networks = wanted["networks"];
  if (networks.is_string() && minor < 37)
    throw bad("Invalid input for field/attribute networks. Value: " + networks.as_string() + ". '" +
              networks.as_string() + "' is not of type 'array'");
  if (networks == Value("none")) return {};
  List checked;
  if (networks.is_null() || networks.is_string()) {
    if (networks.is_null() && minor >= 37) throw missing_member("server", wanted, "networks");
    for (const auto& [order, row] : neutron_.objects("networks").rows())
      if (is(row.object, "tenant_id", call.caller.project_id))
        checked.push_back(Map{{"network", row.id}});
    if (checked.size() > 1)
      throw Refusal{409, "Multiple possible networks found, use a Network ID to be more specific.",
                    ""};
    return checked;
  }
  for (const Value& each : networks.is_list() ? networks.as_list() : List{}) {
    if (const Value& port_id = each["port"]; port_id.is_string()) {
      const Map* port = neutron_.find("ports", port_id.as_string(), call.caller);
      if (!port) throw bad("Port id " + port_id.as_string() + " could not be found.");
      if (!text(*port, "device_id").empty())
        throw Refusal{409, "Port " + port_id.as_string() + " is still in use.", ""};
      if (get(*port, "fixed_ips").as_list().empty())
        throw bad("Port " + port_id.as_string() + " requires a FixedIP in order to be used.");
      checked.push_back(Map{{"port", port_id}, {"tag", each["tag"]}});
      continue;
    }
    const std::string id = each["uuid"].string_or("");
    const Map* network = neutron_.find("networks", id, call.caller);
    if (!network) throw bad("Network " + id + " could not be found.");
    bool has_subnet = false;
    for (const auto& [order, row] : neutron_.objects("subnets").rows())
      has_subnet = has_subnet || is(row.object, "network_id", id);
    if (!has_subnet)
      throw bad("Network " + id + " requires a subnet in order to boot instances on.");
    for (const auto& [order, row] : neutron_.objects("ports").rows())
      for (const Value& fixed : get(row.object, "fixed_ips").as_list())
        if (is(row.object, "network_id", id) && each["fixed_ip"].is_string() &&
            fixed["ip_address"] == each["fixed_ip"])
          throw bad("Fixed IP address " + each["fixed_ip"].as_string() +
                    " is already in use on instance " + text(row.object, "device_id") + ".");
    checked.push_back(Map{{"network", id}, {"fixed_ip", each["fixed_ip"]}, {"tag", each["tag"]}});
  }
  return checked;
}

List Nova::check_disks(const Call& call, const Value& wanted) {
  List disks;
  const Value& asked = wanted["block_device_mapping_v2"];
  for (const Value& each : asked.is_list() ? asked.as_list() : List{}) {
    const std::string source = each["source_type"].string_or("volume");
    const std::string id = each["uuid"].string_or("");
    const auto refuse = [&] {
      throw bad("Block Device Mapping is Invalid: failed to get " + source + " " + id + ".");
    };
    if (source == "volume") {
      Map* volume = cinder_.find(id, call.caller);
      if (!volume) refuse();
      if (!is(*volume, "status", "available"))
        throw bad("Block Device Mapping is Invalid: volume " + id + " is not available.");
      volume->set("status", "attaching");
    }
    if (source == "image" && !glance_.find(id)) refuse();
    if (each["destination_type"] == Value("volume") || source == "volume" || source == "snapshot")
      disks.push_back(each);
  }
  return disks;
}

Reply Nova::create(const Call& call) {
  const Value& wanted = call.body["server"];
  for (const char* member : {"name", "flavorRef"})
    if (wanted[member].is_null()) throw missing_member("server", wanted, member);
  const std::string image = wanted["imageRef"].string_or("");
  const bool mapped = wanted["block_device_mapping_v2"].truthy();
  if (wanted["networks"].is_string()) check_networks(call, wanted);
  if (image.empty() && !mapped) throw bad("Missing imageRef attribute");
  if (!image.empty() && !glance_.find(image)) throw bad("Can not find requested image");
  const Map* flavor = all("flavors").find(query_text(wanted["flavorRef"]));
  if (!flavor) throw bad("Flavor " + query_text(wanted["flavorRef"]) + " could not be found.");
  const Value& key = wanted["key_name"];
  if (key.is_string() && !all("keypairs").find(call.caller.user_id + "/" + key.as_string()))
    throw bad("Invalid key_name provided.");
  const Value& hint = call.body["os:scheduler_hints"]["group"];
  if (hint.is_string() && !all("server-groups").find(hint.as_string()))
    throw bad("Instance group " + hint.as_string() + " could not be found.");
  List groups;
  for (const Value& group :
       wanted["security_groups"].is_list() ? wanted["security_groups"].as_list() : List{}) {
    neutron_.group_named(group["name"].string_or(""), call.caller);
    groups.push_back(Map{{"name", group["name"]}});
  }
  if (groups.empty()) groups.push_back(Map{{"name", "default"}});
  const List networks = check_networks(call, wanted);
  const List disks = check_disks(call, wanted);
  const std::string id = world_.uuid(), name = wanted["name"].string_or("");
  Map& server = all("servers").add(
      id, Map{{"id", id},
              {"name", name},
              {"tenant_id", call.caller.project_id},
              {"user_id", call.caller.user_id},
              {"metadata", wanted["metadata"].is_map() ? wanted["metadata"] : Value(Map{})},
              {"hostId", ""},
              {"image", image},
              {"flavor", *flavor},
              {"created", world_.iso()},
              {"accessIPv4", ""},
              {"accessIPv6", ""},
              {"OS-DCF:diskConfig", wanted["OS-DCF:diskConfig"].string_or("MANUAL")},
              {"OS-EXT-AZ:availability_zone", wanted["availability_zone"].string_or("nova")},
              {"config_drive", wanted["config_drive"].truthy() ? "True" : ""},
              {"key_name", key},
              {"OS-SRV-USG:launched_at", nullptr},
              {"OS-SRV-USG:terminated_at", nullptr},
              {"ports", List{}},
              {"volumes", List{}},
              {"security_groups", groups},
              {"locked", false},
              {"description", wanted["description"]},
              {"group", hint},
              {"tags", wanted["tags"].is_list() ? wanted["tags"] : Value(List{})},
              {"hostname", wanted["hostname"].string_or(hostname_of(name))},
              {"user_data", wanted["user_data"]}});
  state(server, "building", "spawning");
  world_.later("server.build", [this, id, caller = call.caller, networks, disks] {
    build(id, caller, networks, disks);
  });
  Map answer{{"id", id},
             {"links", links("servers/" + id)},
             {"OS-DCF:diskConfig", "MANUAL"},
             {"security_groups", groups},
             {"adminPass", wanted["adminPass"].string_or(world_.hex().substr(0, 12))}};
  return {
      202, Map{{"server", answer}}, {{"Location", links("servers/" + id)[0]["href"].as_string()}}};
}

void Nova::build(std::string_view id, const Caller& caller, const List& networks,
                 const List& disks) {
  Map* server = all("servers").find(id);
  if (!server || !is(*server, "vm_state", "building")) return;
  const std::string planned = world_.take_failure("server.build");
  if (!planned.empty()) return fail(*server, planned);
  try {
    for (const Value& network : networks) attach_network(*server, network, caller);
    for (const Value& disk : disks) attach_disk(*server, disk, caller);
  } catch (const Refusal& refusal) {
    return fail(*server, refusal.message);
  }
  server->set("hostId", world_.hex() + world_.hex().substr(0, 24));
  server->set("OS-SRV-USG:launched_at", world_.iso_micros());
  if (is(*server, "task_state", "deleting"))
    server->set("vm_state", "active");
  else
    state(*server, "active", nullptr);
}

void Nova::fail(Map& server, std::string reason) {
  state(server, "error", nullptr);
  server.set("fault", Map{{"code", 500}, {"created", world_.iso()}, {"message", reason}});
}

Map Nova::attach_network(Map& server, const Value& wanted, const Caller& caller) {
  const bool own = !wanted["port"].is_string();
  Map* port = nullptr;
  if (own) {
    Map asked{{"network_id", wanted["network"]}};
    if (wanted["fixed_ip"].is_string())
      asked.set("fixed_ips", List{Map{{"ip_address", wanted["fixed_ip"]}}});
    if (const Value* fixed = wanted.find("fixed_ips")) asked.set("fixed_ips", *fixed);
    List groups;
    for (const Value& group : get(server, "security_groups").as_list())
      groups.push_back(neutron_.group_named(group["name"].as_string(), caller));
    asked.set("security_groups", groups);
    port = &neutron_.create("ports", asked, caller);
  } else {
    port = neutron_.find("ports", wanted["port"].as_string(), caller);
    if (!port)
      throw Refusal{404, "Port id " + wanted["port"].as_string() + " could not be found.", ""};
  }
  neutron_.bind_port(*port, text(server, "id"),
                     "compute:" + text(server, "OS-EXT-AZ:availability_zone"));
  List ports = get(server, "ports").as_list();
  ports.push_back(Map{{"id", get(*port, "id")}, {"own", own}, {"tag", wanted["tag"]}});
  server.set("ports", ports);
  return *port;
}

void Nova::attach_disk(Map& server, const Value& disk, const Caller& caller) {
  const std::string source = disk["source_type"].string_or("volume");
  Map* volume = nullptr;
  if (source == "volume") {
    volume = cinder_.find(disk["uuid"].as_string(), caller);
  } else {
    Map wanted{{"size", disk["volume_size"]}, {"name", ""}};
    if (source == "image") wanted.set("imageRef", disk["uuid"]);
    if (source == "snapshot") wanted.set("snapshot_id", disk["uuid"]);
    if (const Value* type = disk.find("volume_type")) wanted.set("volume_type", *type);
    volume = &cinder_.create(wanted, caller);
  }
  if (!volume) throw bad("Volume " + query_text(disk["uuid"]) + " could not be found.");
  const bool boot = query_text(disk["boot_index"]) == "0";
  const std::string device = boot ? "/dev/sda" : next_device(server, disk["device_name"]);
  const std::string attachment = cinder_.attach(*volume, text(server, "id"), device);
  List volumes = get(server, "volumes").as_list();
  volumes.push_back(Map{{"id", get(*volume, "id")},
                        {"device", device},
                        {"tag", disk["tag"]},
                        {"delete_on_termination", disk["delete_on_termination"].truthy()},
                        {"attachment_id", attachment},
                        {"bdm_uuid", world_.uuid()}});
  server.set("volumes", volumes);
}

}  // namespace heat::twin
