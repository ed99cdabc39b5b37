#include <algorithm>

#include "base/error.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/ports.h"

// An update of `networks`. What is to be detached and attached is decided once, from the server as
// it is, and kept as a step's result: after a crash the half-done change must not be decided anew.
namespace heat::nova {

namespace {

constexpr const char* kIdentity[] = {"network", "subnet", "fixed_ip", "port"};

bool same_or_unsaid(const Value& wanted, const Value& is) {
  return !wanted.truthy() || wanted == is;
}

/// The entry of `known` (as the server has it) that satisfies all that `wanted` says; of several,
/// the one that agrees in most.
std::ptrdiff_t best_match(const List& known, const Value& wanted) {
  std::ptrdiff_t best = -1;
  std::ptrdiff_t most = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const Value& is = known[i];
    const bool fits = std::ranges::all_of(
        kIdentity, [&](const char* key) { return same_or_unsaid(wanted[key], is[key]); });
    const auto agree = std::ranges::count_if(
        kIdentity, [&](const char* key) { return wanted[key].truthy() && wanted[key] == is[key]; });
    if (fits && agree > most) {
      best = static_cast<std::ptrdiff_t>(i);
      most = agree;
    }
  }
  return best;
}

Value interface_facts(const Value& interface) {
  const Value& address = interface["fixed_ips"][std::size_t{0}];
  return Map{{"port", interface["port_id"]},
             {"network", interface["net_id"]},
             {"fixed_ip", address["ip_address"]},
             {"subnet", address["subnet_id"]}};
}

Value with_facts(const Value& entry, const Value& facts) {
  Map merged = entry.as_map();
  for (const auto& fact : facts.as_map()) merged.set(fact.key, fact.value);
  return merged;
}

/// The old entries, each with the port, network and address it got.
List located(const Value& before, const List& interfaces) {
  List facts;
  for (const Value& interface : interfaces) facts.push_back(interface_facts(interface));
  List entries;
  if (before.is_list())
    for (const Value& entry : before.as_list()) {
      const auto found = best_match(facts, entry);
      entries.push_back(found < 0 ? entry
                                  : with_facts(entry, facts[static_cast<std::size_t>(found)]));
      if (found >= 0) facts.erase(facts.begin() + found);
    }
  return entries;
}

bool rest_agrees(const Value& a, const Value& b) {
  for (const char* key : {"port_extra_properties", "floating_ip", "tag", "allocate_network"})
    if (a[key].truthy() != b[key].truthy() || (a[key].truthy() && !(a[key] == b[key])))
      return false;
  return true;
}

struct Change {
  List detach;  // entries as located
  List attach;  // entries as wanted
};

Change compare(const Value& before, const Value& after, const List& interfaces) {
  Change change;
  const bool start_over =
      !before.truthy() || has_string_network(before) || has_string_network(after);
  List old = located(before, interfaces);
  if (start_over) {
    old.clear();
    for (const Value& interface : interfaces) old.push_back(interface_facts(interface));
  }
  const List wanted = after.is_list() ? after.as_list() : List{};
  for (const Value& entry : wanted) {
    const auto found = start_over ? -1 : best_match(old, entry);
    if (found >= 0 && rest_agrees(old[static_cast<std::size_t>(found)], entry))
      old.erase(old.begin() + found);
    else
      change.attach.push_back(entry);
  }
  change.detach = std::move(old);
  // Without any entry Nova chooses an interface, as it does when a server is made.
  if (wanted.empty()) change.attach.push_back(Map{});
  return change;
}

Task<Value> decide(Resource& resource, Value before, Value after) {
  const List interfaces = co_await interfaces_of(resource);
  const Change change = compare(before, after, interfaces);
  List known;
  for (const Value& interface : interfaces) known.push_back(interface["port_id"]);
  co_return Map{{"detach", change.detach}, {"attach", change.attach}, {"known", std::move(known)}};
}

Task<bool> is_attached(Resource& resource, std::string port) {
  const List interfaces = co_await interfaces_of(resource);
  co_return std::ranges::any_of(interfaces,
                                [&](const Value& i) { return i["port_id"].string_or("") == port; });
}

Task<bool> is_detached(Resource& resource, std::string port) {
  co_return !co_await is_attached(resource, port);
}

/// Gone already is success.
Task<Value> detach(Resource& resource, Value entry) {
  if (entry["floating_ip"].truthy())
    co_await disassociate_floating_ip(resource, entry["floating_ip"].as_string());
  const std::string port = entry["port"].string_or("");
  if (port.empty()) co_return Value();
  co_await resource.session().find(
      compute("DELETE", "/servers/" + resource.physical_id() + "/os-interface/" + port));
  co_await resource.wait([&] { return is_detached(resource, port); });
  const auto internal = known_ports(resource, PortOwner::Internal);
  if (std::ranges::find(internal, port) != internal.end()) co_await remove_port(resource, port);
  co_return Value(port);
}

/// The interface that a lost try attached: of this port, or one that was not there before.
Task<std::optional<Value>> find_attachment(Resource& resource, std::string port,
                                           std::string network_id, Value known) {
  const List interfaces = co_await interfaces_of(resource);
  for (const Value& interface : interfaces) {
    const Value& id = interface["port_id"];
    const bool fits = port.empty()
                          ? (network_id.empty() || interface["net_id"] == Value(network_id))
                          : id == Value(port);
    const bool is_new = std::ranges::find(known.as_list(), id) == known.as_list().end();
    if (fits && (is_new || !port.empty())) co_return id;
  }
  co_return std::nullopt;
}

Task<Value> post_attachment(Resource& resource, Value request) {
  const std::string microversion = request["tag"].is_null() ? "" : "2.49";
  const Value answer = co_await resource.session().send(
      compute("POST", "/servers/" + resource.physical_id() + "/os-interface",
              Map{{"interfaceAttachment", request}}, microversion));
  co_return answer["interfaceAttachment"]["port_id"];
}

Task<> attach(Resource& resource, Value entry, std::size_t number, Value known) {
  const std::string suffix = std::to_string(number);
  const Value groups = resource.property("security_groups");
  std::string port = entry["port"].string_or("");
  if (port.empty() && wants_own_port(entry))
    port = co_await make_port(resource, "new-port-" + suffix, entry, number, groups);
  std::string network_id;
  Map request;
  if (!port.empty()) {
    request.set("port_id", port);
  } else {
    network_id = co_await network_of(resource, entry);
    if (!network_id.empty()) request.set("net_id", network_id);
    if (!network_id.empty() && entry["fixed_ip"].truthy())
      request.set("fixed_ips", List{Map{{"ip_address", entry["fixed_ip"]}}});
  }
  if (entry["tag"].truthy()) request.set("tag", entry["tag"]);
  const Value body = std::move(request);
  const Value attached = co_await resource.step(
      "attach-" + suffix, [&] { return find_attachment(resource, port, network_id, known); },
      [&] { return post_attachment(resource, body); });
  if (port.empty() && groups.truthy())
    co_await set_port_groups(resource, attached.as_string(), groups);
  if (entry["floating_ip"].truthy())
    co_await associate_floating_ip(resource, entry["floating_ip"].as_string(), attached.as_string(),
                                   entry["fixed_ip"]);
  co_await resource.wait([&] { return is_attached(resource, attached.as_string()); });
}

}  // namespace

Task<> update_interfaces(Resource& resource, Value before, Value after) {
  if (!before.truthy() && !after.truthy()) co_return;
  const Value change =
      co_await resource.step("networks", nullptr, [&] { return decide(resource, before, after); });
  std::size_t leaving = 0;
  for (const Value& entry : change["detach"].as_list())
    co_await resource.step("detach-" + std::to_string(leaving++), nullptr,
                           [&] { return detach(resource, entry); });
  if (const Value* none =
          has_string_network(after) ? after[std::size_t{0}].find("allocate_network") : nullptr;
      none != nullptr && *none == Value("none"))
    co_return;
  std::size_t number = 0;
  for (const Value& entry : change["attach"].as_list())
    co_await attach(resource, entry, number++, change["known"]);
}

}  // namespace heat::nova
