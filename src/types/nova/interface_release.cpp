#include <algorithm>

#include "text/write.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/ports.h"

namespace heat::nova {

namespace {

std::vector<std::string> all_ports(const Resource& resource) {
  auto ports = known_ports(resource, PortOwner::Internal);
  for (auto& id : known_ports(resource, PortOwner::External)) ports.push_back(std::move(id));
  return ports;
}

Task<std::vector<std::string>> attached_ports(Resource& resource) {
  std::vector<std::string> ports;
  const List interfaces = co_await interfaces_of(resource);
  for (const Value& interface : interfaces) ports.push_back(interface["port_id"].as_string());
  co_return ports;
}

Task<bool> holds_none_of(Resource& resource, std::vector<std::string> ports) {
  const auto attached = co_await attached_ports(resource);
  co_return std::ranges::none_of(ports, [&](const std::string& id) {
    return std::ranges::find(attached, id) != attached.end();
  });
}

/// It looks before it acts, so that it can be taken again after a crash or a lost answer.
Task<Value> attach_again(Resource& resource, std::string port) {
  const auto attached = co_await attached_ports(resource);
  if (std::ranges::find(attached, port) == attached.end())
    co_await resource.session().send(compute("POST",
                                             "/servers/" + resource.physical_id() + "/os-interface",
                                             Map{{"interfaceAttachment", Map{{"port_id", port}}}}));
  co_return Value(port);
}

constexpr const char* kAddresses = "released_addresses";

/// Whether the template chose one of the port's addresses: only such a one keeps the replacement
/// from getting the same.
bool has_chosen_address(const Resource& resource, const Value& fixed_ips) {
  const Value& networks = resource.applied()["networks"];
  if (!networks.is_list() || !fixed_ips.is_list()) return false;
  return std::ranges::any_of(networks.as_list(), [&](const Value& entry) {
    return entry["fixed_ip"].truthy() &&
           std::ranges::any_of(fixed_ips.as_list(), [&](const Value& address) {
             return address["ip_address"] == entry["fixed_ip"];
           });
  });
}

Task<Value> give_up_addresses(Resource& old, std::string port) {
  co_await set_port_addresses(old, std::move(port), List{});
  co_return Value(true);
}

/// Our own ports give the addresses up that the template chose. They are noted before.
Task<> release_addresses(Resource& old) {
  const std::string noted = old.data(kAddresses);
  Map addresses = noted.empty() ? Map() : from_json(noted).as_map();
  for (const std::string& id : known_ports(old, PortOwner::Internal)) {
    const Value fixed_ips = co_await addresses_of_port(old, id);
    if (has_chosen_address(old, fixed_ips)) addresses.set(id, fixed_ips);
  }
  if (addresses.empty()) co_return;
  old.set_data(kAddresses, to_json(addresses));
  co_await old.save();
  for (const auto& address : addresses)
    co_await old.step("release-" + address.key, nullptr,
                      [&] { return give_up_addresses(old, address.key); });
}

Task<> reclaim_addresses(Resource& old) {
  const std::string noted = old.data(kAddresses);
  if (noted.empty()) co_return;
  const Value addresses = from_json(noted);
  for (const auto& address : addresses.as_map())
    co_await set_port_addresses(old, address.key, address.value);
  old.erase_data(kAddresses);
  co_await old.save();
}

}  // namespace

Task<> release_ports(Resource& old) {
  if (old.physical_id().empty()) co_return;
  const auto server = co_await find_server(old.session(), old.physical_id());
  if (!server || status_of(*server) == "ERROR") {
    // A server that failed can't let its ports go; ours would be made a second time.
    co_await remove_internal_ports(old);
    co_return;
  }
  const auto ports = all_ports(old);
  for (const std::string& id : ports)
    co_await old.session().find(
        compute("DELETE", "/servers/" + old.physical_id() + "/os-interface/" + id));
  co_await old.wait([&] { return holds_none_of(old, ports); });
  co_await release_addresses(old);
}

Task<> reclaim_ports(Resource& old) {
  if (old.physical_id().empty()) co_return;
  co_await reclaim_addresses(old);
  const auto ports = all_ports(old);
  for (const std::string& id : ports)
    co_await old.step("reclaim-" + id, nullptr, [&] { return attach_again(old, id); });
}

}  // namespace heat::nova
