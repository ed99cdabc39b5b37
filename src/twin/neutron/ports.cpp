// Ports: addresses of their subnets, and whom they serve.
#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

List dns_assignment(const Map& port) {
  List assigned;
  for (const Value& fixed : get(port, "fixed_ips").as_list()) {
    std::string host = text(port, "dns_name");
    if (host.empty()) {
      host = "host-" + fixed["ip_address"].as_string();
      std::replace(host.begin(), host.end(), '.', '-');
      std::replace(host.begin(), host.end(), ':', '-');
    }
    assigned.push_back(Map{{"ip_address", fixed["ip_address"]},
                           {"hostname", host},
                           {"fqdn", host + ".openstacklocal."}});
  }
  return assigned;
}

List with_macs(const Value& pairs, const Value& mac) {
  List complete;
  for (const Value& pair : pairs.is_list() ? pairs.as_list() : List{})
    complete.push_back(
        Map{{"mac_address", pair["mac_address"].is_null() ? mac : pair["mac_address"]},
            {"ip_address", pair["ip_address"]}});
  return complete;
}

}  // namespace

std::vector<Map*> Neutron::ports_where(std::string_view member, std::string_view value) {
  std::vector<Map*> found;
  for (auto& [order, row] : objects("ports").rows())
    if (is(row.object, member, value)) found.push_back(&row.object);
  return found;
}

void Neutron::prepare_port(Map& port, const Caller& caller) {
  const Map& network = need("networks", get(port, "network_id"), caller);
  const std::string network_id = text(network, "id"), owner = text(port, "device_owner");
  const bool service = owner.starts_with("network:");
  if (!port.contains("mac_address")) port.set("mac_address", world_.mac());
  for (const Map* other : ports_where("network_id", network_id))
    if (get(*other, "mac_address") == get(port, "mac_address"))
      throw in_use("MacAddressInUse", "Unable to complete operation for network " + network_id +
                                          ". The mac address " + text(port, "mac_address") +
                                          " is in use.");
  if (!port.contains("port_security_enabled"))
    port.set("port_security_enabled",
             service ? Value(false) : get(network, "port_security_enabled"));
  if (!port.contains("security_groups")) {
    List groups;
    if (get(port, "port_security_enabled").truthy())
      groups.push_back(default_group(text(port, "tenant_id")));
    port.set("security_groups", groups);
  }
  check_groups(get(port, "security_groups"), caller);
  port.set("allowed_address_pairs",
           with_macs(get(port, "allowed_address_pairs"), get(port, "mac_address")));
  port.set("fixed_ips", allocate(network_id, get(port, "fixed_ips"), owner));
  port.set("dns_assignment", dns_assignment(port));
}

void Neutron::change_port(Map& port, Map& changes, const Caller& caller) {
  if (const Value* groups = changes.find("security_groups")) check_groups(*groups, caller);
  if (const Value* pairs = changes.find("allowed_address_pairs"))
    changes.set("allowed_address_pairs", with_macs(*pairs, get(port, "mac_address")));
  if (const Value* wanted = changes.find("fixed_ips")) {
    const Value old = get(port, "fixed_ips");
    release_addresses(old);
    try {
      changes.set("fixed_ips",
                  allocate(text(port, "network_id"), *wanted, text(port, "device_owner")));
    } catch (const Refusal&) {
      for (const Value& fixed : old.as_list())
        take_address(fixed["subnet_id"].as_string(), address_of(fixed["ip_address"]));
      throw;
    }
  }
  Map after = port;
  for (const auto& [name, value, kind] : changes) after.set(name, value);
  changes.set("dns_assignment", dns_assignment(after));
}

void Neutron::remove_port(Map& port) {
  const std::string id = text(port, "id"), owner = text(port, "device_owner");
  if (owner == "network:router_interface" || owner == "network:router_gateway" ||
      owner == "network:floatingip")
    throw in_use("ServicePortInUse", "Port " + id +
                                         " cannot be deleted directly via the port API: has "
                                         "device owner " +
                                         owner + ".");
  for (auto& [order, row] : objects("floatingips").rows())
    if (is(row.object, "port_id", id)) dissociate(row.object);
  release_addresses(get(port, "fixed_ips"));
}

void Neutron::bind_port(Map& port, std::string_view server, std::string_view owner) {
  port.set("device_id", server);
  port.set("device_owner", owner);
  port.set("status", "ACTIVE");
  touch(port);
}

void Neutron::unbind_port(Map& port) {
  port.set("device_id", "");
  port.set("device_owner", "");
  port.set("status", "DOWN");
  touch(port);
}

}  // namespace heat::twin
