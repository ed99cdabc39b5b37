// What is done to a server that is there: actions, interfaces, volumes, metadata.
#include "twin/listing.h"
#include "twin/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

/// An action that only leads from one state to another.
struct Transition {
  std::string_view action, word, task, after;
  std::vector<std::string_view> from;
};

const std::vector<Transition>& transitions() {
  static const std::vector<Transition> kTransitions = {
      {"os-start", "start", "powering-on", "active", {"stopped"}},
      {"os-stop", "stop", "powering-off", "stopped", {"active", "error"}},
      {"suspend", "suspend", "suspending", "suspended", {"active"}},
      {"resume", "resume", "resuming", "active", {"suspended"}},
      {"pause", "pause", "pausing", "paused", {"active"}},
      {"unpause", "unpause", "unpausing", "active", {"paused"}},
      {"reboot", "reboot", "rebooting", "active", {"active", "stopped", "paused", "suspended"}},
  };
  return kTransitions;
}

void need_state(const Map& server, std::string_view word,
                const std::vector<std::string_view>& states) {
  const std::string state = text(server, "vm_state");
  const std::string id = text(server, "id"), task = text(server, "task_state");
  const auto refuse = [&](std::string_view kind, const std::string& now) {
    throw Refusal{409,
                  "Cannot '" + std::string(word) + "' instance " + id + " while it is in " +
                      std::string(kind) + " " + now,
                  ""};
  };
  if (std::find(states.begin(), states.end(), state) == states.end()) refuse("vm_state", state);
  if (!task.empty()) refuse("task_state", task);
}

Refusal not_attached(const Map& server, std::string_view volume) {
  return {404,
          "Instance " + text(server, "id") + " is not attached to volume " + std::string(volume),
          ""};
}

}  // namespace

void Nova::become(Map& server, std::string task, std::string vm_state) {
  state(server, text(server, "vm_state"), task);
  const std::string failure = world_.take_failure("server.action");
  world_.later("server.action", [this, id = text(server, "id"), task, vm_state, failure] {
    Map* changed = all("servers").find(id);
    if (!changed || !is(*changed, "task_state", task)) return;
    if (!failure.empty()) return fail(*changed, failure);
    state(*changed, vm_state, nullptr);
  });
}

Reply Nova::action(Map& server, const Call& call) {
  const std::string name = call.body.is_map() && !call.body.as_map().empty()
                               ? call.body.as_map().at_index(0).key
                               : std::string();
  const Value& wanted = call.body[name];
  for (const Transition& each : transitions())
    if (each.action == name) {
      need_state(server, each.word, each.from);
      become(server, std::string(each.task), std::string(each.after));
      return {202, {}, {}};
    }
  if (name == "resize") return resize(server, wanted);
  if (name == "rebuild") return rebuild(server, wanted, call);
  if (name == "createImage") return create_image(server, wanted, call);
  if (name == "confirmResize" || name == "revertResize") {
    need_state(server, name, {"resized"});
    if (name == "revertResize") {
      server.set("flavor", get(server, "old_flavor"));
      become(server, "resize_reverting", "active");
      return {202, {}, {}};
    }
    server.erase("old_flavor");
    state(server, "active", nullptr);
    return {204, {}, {}};
  }
  if (name == "addSecurityGroup" || name == "removeSecurityGroup") {
    change_groups(server, wanted["name"], name == "addSecurityGroup", call);
    return {202, {}, {}};
  }
  if (name == "os-getConsoleOutput")
    return {200, Map{{"output", "FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE"}}, {}};
  if (name == "lock" || name == "unlock") {
    server.set("locked", name == "lock");
    return {202, {}, {}};
  }
  if (name == "changePassword") return {202, {}, {}};
  throw bad("There is no such action: " + name);
}

Reply Nova::resize(Map& server, const Value& wanted) {
  const Map* flavor = all("flavors").find(query_text(wanted["flavorRef"]));
  if (!flavor)
    throw Refusal{404, "Flavor " + query_text(wanted["flavorRef"]) + " could not be found.", ""};
  if (get(server, "flavor")["id"] == get(*flavor, "id"))
    throw bad("When resizing, instances must change flavor!");
  need_state(server, "resize", {"active", "stopped"});
  state(server, text(server, "vm_state"), "resize_prep");
  const std::string failure = world_.take_failure("server.action");
  world_.later("server.action", [this, id = text(server, "id"), to = *flavor, failure] {
    Map* changed = all("servers").find(id);
    if (!changed || !is(*changed, "task_state", "resize_prep")) return;
    if (!failure.empty()) return fail(*changed, failure);
    changed->set("old_flavor", get(*changed, "flavor"));
    changed->set("flavor", to);
    state(*changed, "resized", nullptr);
  });
  return {202, {}, {}};
}

Reply Nova::rebuild(Map& server, const Value& wanted, const Call& call) {
  const std::string image = wanted["imageRef"].string_or("");
  if (!glance_.find(image)) throw bad("Cannot find image for rebuild");
  need_state(server, "rebuild", {"active", "stopped", "error"});
  server.set("image", image);
  for (const char* member : {"name", "metadata", "description", "key_name"})
    if (const Value* value = wanted.find(member)) server.set(member, *value);
  server.erase("fault");
  const std::string after = is(server, "vm_state", "stopped") ? "stopped" : "active";
  // The answer shows it under way, even where the change takes no time.
  state(server, text(server, "vm_state"), "rebuilding");
  Map view = shown(server, call, false);
  view.set("adminPass", world_.hex().substr(0, 12));
  if (microversion(call) >= 57) view.set("user_data", get(server, "user_data"));
  become(server, "rebuilding", after);
  return {202,
          Map{{"server", view}},
          {{"Location", links("servers/" + text(server, "id"))[0]["href"].as_string()}}};
}

Reply Nova::create_image(Map& server, const Value& wanted, const Call& call) {
  need_state(server, "createImage", {"active", "stopped", "paused", "suspended"});
  const std::string before = text(server, "vm_state"), id = text(server, "id");
  state(server, before, "image_uploading");
  Map& image = glance_.add(wanted["name"].string_or(""), call.caller.project_id,
                           Map{{"visibility", "private"}});
  image.set("base_image_ref", get(server, "image"));
  image.set("instance_uuid", id);
  image.set("image_type", "snapshot");
  const std::string image_id = text(image, "id");
  const bool fails = !world_.take_failure("image.create").empty();
  world_.later("image.create", [this, id, before, image_id, fails] {
    if (Map* saved = glance_.find(image_id)) {
      saved->set("status", fails ? "killed" : "active");
      for (const char* member : {"size", "virtual_size"}) saved->set(member, 1024);
      saved->set("disk_format", "raw");
      saved->set("container_format", "bare");
    }
    if (Map* of = all("servers").find(id); of && is(*of, "task_state", "image_uploading"))
      state(*of, before, nullptr);
  });
  if (microversion(call) >= 45) return {202, Map{{"image_id", image_id}}, {}};
  return {202, {}, {{"Location", world_.options().base_url + "/image/v2/images/" + image_id}}};
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
      Map* attached = cinder_.find(volume_id, Caller{"", "", {"admin"}});
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
      if (Map* free = cinder_.find(volume_id, Caller{"", "", {"admin"}}))
        cinder_.detach(*free, server_id);
    });
    return {202, {}, {}};
  }
  if (!cinder_.find(id, call.caller))
    throw Refusal{404, "Volume " + id + " could not be found.", ""};
  throw not_attached(server, id);
}

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
