// What is done to a server that is there.
#include "twin/listing.h"
#include "twin/nova/nova.h"
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

}  // namespace

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

}  // namespace heat::twin
