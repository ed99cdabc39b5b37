// Ports and volumes of a server that is there.
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

Refusal not_attached(const Map& server, std::string_view volume) {
  return {404,
          "Instance " + text(server, "id") + " is not attached to volume " + std::string(volume),
          ""};
}

}  // namespace

Reply Nova::interfaces(Map& server, const Call& call) {
  const int minor = microversion(call);
  const auto view = [&](const Map& port, const Value& tag) {
    Map shown{{"net_id", get(port, "network_id")},
              {"port_id", get(port, "id")},
              {"mac_addr", get(port, "mac_address")},
              {"port_state", get(port, "status")},
              {"fixed_ips", get(port, "fixed_ips")}};
    if (minor >= 70) shown.set("tag", tag);
    return shown;
  };
  if (call.method == "POST") {
    const Value& wanted = call.body["interfaceAttachment"];
    need_state(server, "attach_interface", {"active", "paused", "stopped"});
    Map asked{{"uuid", wanted["net_id"]}, {"tag", wanted["tag"]}};
    if (wanted["port_id"].is_string()) asked.set("port", wanted["port_id"]);
    const List checked = check_networks(call, Map{{"networks", List{asked}}});
    Map network = checked.front().as_map();
    if (const Value* fixed = wanted.find("fixed_ips")) network.set("fixed_ips", *fixed);
    const Map port = attach_network(server, network, call.caller);
    return {200, Map{{"interfaceAttachment", view(port, wanted["tag"])}}, {}};
  }
  const std::string id(call.part(4));
  List all_of_them;
  for (const Value& each : get(server, "ports").as_list()) {
    const Map* port = neutron_.objects("ports").find(each["id"].as_string());
    if (!port) continue;
    all_of_them.push_back(view(*port, each["tag"]));
    if (each["id"] != Value(id)) continue;
    if (call.method == "GET") return {200, Map{{"interfaceAttachment", all_of_them.back()}}, {}};
    world_.later("server.action", [this, server_id = text(server, "id"), each] {
      release_port(each["id"].as_string(), each["own"].as_bool());
      Map* left = all("servers").find(server_id);
      if (!left) return;
      List ports = get(*left, "ports").as_list();
      std::erase(ports, each);
      left->set("ports", ports);
    });
    return {202, {}, {}};
  }
  if (id.empty()) return {200, Map{{"interfaceAttachments", all_of_them}}, {}};
  throw Refusal{404, "Port id " + id + " could not be found.", ""};
}

std::string Nova::next_device(const Map& server, const Value& asked) const {
  const std::string wanted = asked.string_or("");
  if (!wanted.empty()) return "/dev/sd" + wanted.substr(wanted.size() - 1);
  for (char letter = 'b'; letter <= 'z'; ++letter) {
    const std::string device = std::string("/dev/sd") + letter;
    bool used = false;
    for (const Value& volume : get(server, "volumes").as_list())
      used = used || volume["device"] == Value(device);
    if (!used) return device;
  }
  throw Refusal{403, "No free disk device names for this server.", ""};
}

Reply Nova::volume_attachments(Map& server, const Call& call) {
  const int minor = microversion(call);
  const std::string server_id = text(server, "id"), id(call.part(4));
  const auto view = [&](const Value& volume, bool made) {
    Map shown{{"volumeId", volume["id"]}, {"serverId", server_id}, {"device", volume["device"]}};
    if (minor < 89 || made) shown.set("id", volume["id"]);
    if (minor >= 70) shown.set("tag", volume["tag"]);
    if (minor >= 79) shown.set("delete_on_termination", volume["delete_on_termination"]);
    if (minor >= 89 && !made) {
      shown.set("attachment_id", volume["attachment_id"]);
      shown.set("bdm_uuid", volume["bdm_uuid"]);
    }
    return shown;
  };
  if (call.method == "POST") {
    const Value& wanted = call.body["volumeAttachment"];
    const std::string volume_id = wanted["volumeId"].string_or("");
    const Map* volume = cinder_.find(volume_id, call.caller);
    if (!volume) throw Refusal{404, "Volume " + volume_id + " could not be found.", ""};
    const List attachments = get(*volume, "attachments").as_list();
    if (!attachments.empty() && !get(*volume, "multiattach").truthy())
      throw bad("Invalid volume: volume " + volume_id + " is already attached to instances: " +
                attachments.front()["server_id"].as_string());
    if (!is(*volume, "status", "available") && attachments.empty())
      throw bad("Invalid volume: volume '" + volume_id +
                "' status must be 'available'. Currently "
                "in '" +
                text(*volume, "status") + "' status");
    Map* taken = cinder_.find(volume_id, call.caller);
    const Map disk{{"source_type", "volume"},
                   {"uuid", volume_id},
                   {"device_name", wanted["device"]},
                   {"tag", wanted["tag"]},
                   {"delete_on_termination", wanted["delete_on_termination"]}};
    attach_disk(server, disk, call.caller);
    taken->set("status", "attaching");
    world_.later("volume.attach", [this, volume_id] {
      Map* attached = cinder_.find(volume_id, Caller::service());
      if (attached && is(*attached, "status", "attaching")) attached->set("status", "in-use");
    });
    return {
        200, Map{{"volumeAttachment", view(get(server, "volumes").as_list().back(), true)}}, {}};
  }
  const List volumes = get(server, "volumes").as_list();
  if (id.empty()) {
    List list;
    for (const Value& volume : volumes) list.push_back(view(volume, false));
    return {200, Map{{"volumeAttachments", list}}, {}};
  }
  for (const Value& volume : volumes) {
    if (volume["id"] != Value(id)) continue;
    if (call.method == "GET") return {200, Map{{"volumeAttachment", view(volume, false)}}, {}};
    if (call.method == "PUT") throw bad("The simulated cloud does not swap volumes.");
    if (Map* detaching = cinder_.find(id, call.caller)) detaching->set("status", "detaching");
    world_.later("volume.detach", [this, server_id, volume] {
      const std::string volume_id = volume["id"].as_string();
      if (Map* left = all("servers").find(server_id)) {
        List kept = get(*left, "volumes").as_list();
        std::erase(kept, volume);
        left->set("volumes", kept);
      }
      if (Map* free = cinder_.find(volume_id, Caller::service())) cinder_.detach(*free, server_id);
    });
    return {202, {}, {}};
  }
  if (!cinder_.find(id, call.caller))
    throw Refusal{404, "Volume " + id + " could not be found.", ""};
  throw not_attached(server, id);
}

}  // namespace heat::twin
