// Networks, subnets and ports: addresses, pools, and what is in use.
#include "twin/listing.h"
#include "twin/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

Refusal in_use(std::string kind, std::string message) {
  return {409, std::move(message), std::move(kind)};
}

void admin_only(const Map& network, std::string_view member, const Caller& caller) {
  if (get(network, member).truthy() && !caller.admin())
    throw Refusal{403,
                  "(rule:create_network and rule:create_network:" + std::string(member) +
                      ") is disallowed by policy",
                  "PolicyNotAuthorized"};
}

Address address_of(const Value& text) {
  const auto address = Address::parse(query_text(text));
  if (!address) throw invalid_input("'" + query_text(text) + "' is not a valid IP address.");
  return *address;
}

Map pool(const Address& first, const Address& last) {
  return Map{{"start", first.str()}, {"end", last.str()}};
}

/// All of the subnet but its network, broadcast and gateway addresses, as one or two pools.
List default_pools(const Cidr& cidr, const Value& gateway) {
  const bool v4 = cidr.network.version == 4;
  const bool tiny = v4 ? cidr.bits > 30 : cidr.bits > 126;
  const Address first = tiny ? cidr.network : cidr.network.plus(1);
  const Address last = v4 && !tiny ? cidr.last().plus(-1) : cidr.last();
  const auto avoided = gateway.is_string() ? Address::parse(gateway.as_string()) : std::nullopt;
  if (!avoided || *avoided < first || *avoided > last) return {pool(first, last)};
  List pools;
  if (*avoided != first) pools.push_back(pool(first, avoided->plus(-1)));
  if (*avoided != last) pools.push_back(pool(avoided->plus(1), last));
  return pools;
}

void check_pools(const Value& pools, const Cidr& cidr, const Value& gateway) {
  for (const Value& each : pools.is_list() ? pools.as_list() : List{}) {
    const Address first = address_of(each["start"]), last = address_of(each["end"]);
    if (last < first)
      throw Refusal{400,
                    "The start IP address of the allocation pool " + first.str() +
                        " is after its end " + last.str() + ".",
                    "InvalidAllocationPool"};
    if (!cidr.contains(first) || !cidr.contains(last))
      throw Refusal{400,
                    "The allocation pool " + first.str() + "-" + last.str() +
                        " spans beyond the subnet cidr " + cidr.str() + ".",
                    "OutOfBoundsAllocationPool"};
    if (!gateway.is_string()) continue;
    const Address avoided = address_of(gateway);
    if (first <= avoided && avoided <= last)
      throw in_use("GatewayConflictWithAllocationPools", "Gateway ip " + avoided.str() +
                                                             " conflicts with allocation pool " +
                                                             first.str() + "-" + last.str() + ".");
  }
}

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

std::vector<Map*> Neutron::subnets_of(std::string_view network) {
  std::vector<Map*> found;
  for (auto& [order, row] : objects("subnets").rows())
    if (is(row.object, "network_id", network)) found.push_back(&row.object);
  return found;
}

std::vector<Map*> Neutron::ports_where(std::string_view member, std::string_view value) {
  std::vector<Map*> found;
  for (auto& [order, row] : objects("ports").rows())
    if (is(row.object, member, value)) found.push_back(&row.object);
  return found;
}

void Neutron::prepare_network(Map& network, const Caller& caller) {
  admin_only(network, "shared", caller);
  admin_only(network, "router:external", caller);
}

void Neutron::remove_network(Map& network) {
  const std::string id = text(network, "id");
  std::string ports;
  for (const Map* port : ports_where("network_id", id))
    ports += (ports.empty() ? "" : ",") + text(*port, "id");
  if (!ports.empty())
    throw in_use("NetworkInUse",
                 "Unable to complete operation on network " + id +
                     ". There are one or more ports still in use on the network, id for these "
                     "ports is: " +
                     ports + ".");
  for (const Map* subnet : subnets_of(id)) {
    const std::string subnet_id = text(*subnet, "id");
    taken_.erase(subnet_id);
    objects("subnets").erase(subnet_id);
  }
}

void Neutron::prepare_subnet(Map& subnet, const Caller& caller) {
  const Map& network = need("networks", get(subnet, "network_id"), caller);
  if (!writable(*kind_named("networks"), network, caller))
    throw neutron::not_found(*kind_named("networks"), text(network, "id"));
  if (get(subnet, "cidr").is_null())
    throw bad_request("subnets", "a subnetpool must be specified in the absence of a cidr.");
  const auto cidr = Cidr::parse(text(subnet, "cidr"));
  if (!cidr) throw invalid_input(query_text(get(subnet, "cidr")) + " is not in a CIDR format.");
  const std::string version = query_text(get(subnet, "ip_version"));
  if (version != std::to_string(cidr->network.version))
    throw invalid_input("cidr '" + text(subnet, "cidr") + "' does not match the ip_version '" +
                        version + "'.");
  subnet.set("ip_version", cidr->network.version);
  subnet.set("cidr", cidr->str());
  for (const Map* other : subnets_of(text(network, "id")))
    if (Cidr::parse(text(*other, "cidr"))->overlaps(*cidr))
      throw invalid_input("Requested subnet with cidr: " + cidr->str() + " for network: " +
                          text(network, "id") + " overlaps with another subnet.");
  if (!subnet.contains("gateway_ip")) subnet.set("gateway_ip", cidr->network.plus(1).str());
  const Value gateway = get(subnet, "gateway_ip");
  if (gateway.is_string()) address_of(gateway);
  if (subnet.contains("allocation_pools"))
    check_pools(get(subnet, "allocation_pools"), *cidr, gateway);
  else
    subnet.set("allocation_pools", default_pools(*cidr, gateway));
}

void Neutron::change_subnet(Map& subnet, Map& changes) {
  const Cidr cidr = *Cidr::parse(text(subnet, "cidr"));
  const Value* pools = changes.find("allocation_pools");
  const Value* gateway = changes.find("gateway_ip");
  if (gateway && gateway->is_string() && *gateway != get(subnet, "gateway_ip"))
    for (const Map* port : ports_where("device_owner", "network:router_interface"))
      for (const Value& fixed : get(*port, "fixed_ips").as_list())
        if (fixed["subnet_id"] == get(subnet, "id"))
          throw in_use("GatewayIpInUse", "Current gateway ip " + text(subnet, "gateway_ip") +
                                             " already in use by port " + text(*port, "id") +
                                             ". Unable to update.");
  check_pools(pools ? *pools : get(subnet, "allocation_pools"), cidr,
              gateway ? *gateway : get(subnet, "gateway_ip"));
}

void Neutron::remove_subnet(Map& subnet) {
  const std::string id = text(subnet, "id");
  const auto taken = taken_.find(id);
  if (taken != taken_.end() && !taken->second.empty())
    throw in_use("SubnetInUse", "Unable to complete operation on subnet " + id +
                                    ": One or more ports have an IP allocation from this subnet.");
  taken_.erase(id);
}

void Neutron::take_address(std::string_view subnet, const Address& address) {
  auto& taken = taken_[std::string(subnet)];
  if (!taken.insert(address).second)
    throw in_use(
        "IpAddressAlreadyAllocated",
        "IP address " + address.str() + " already allocated in subnet " + std::string(subnet));
}

void Neutron::release_addresses(const Value& fixed_ips) {
  for (const Value& fixed : fixed_ips.as_list())
    taken_[fixed["subnet_id"].as_string()].erase(address_of(fixed["ip_address"]));
}

Value Neutron::allocate_from(const Map& subnet) {
  const std::string id = text(subnet, "id");
  const auto& taken = taken_[id];
  for (const Value& each : get(subnet, "allocation_pools").as_list()) {
    const Address last = address_of(each["end"]);
    for (Address next = address_of(each["start"]); next <= last; next = next.plus(1)) {
      if (taken.contains(next)) continue;
      take_address(id, next);
      return Map{{"subnet_id", id}, {"ip_address", next.str()}};
    }
  }
  return {};
}

Map Neutron::allocate_one(std::string_view network, const Value& wanted,
                          std::string_view device_owner) {
  const Value& asked = wanted["ip_address"];
  const Map* subnet = nullptr;
  if (wanted["subnet_id"].is_string()) {
    subnet = objects("subnets").find(wanted["subnet_id"].as_string());
    if (!subnet) throw neutron::not_found(*kind_named("subnets"), query_text(wanted["subnet_id"]));
    if (!is(*subnet, "network_id", network))
      throw invalid_input("Failed to create port on network " + std::string(network) +
                          ", because fixed_ips included invalid subnet " + text(*subnet, "id") +
                          ".");
  }
  if (asked.is_null()) {
    if (!subnet) throw invalid_input("IP allocation requires subnet_id or ip_address.");
    const Value allocated = allocate_from(*subnet);
    if (!allocated.is_map())
      throw in_use("IpAddressGenerationFailure",
                   "No more IP addresses available on network " + std::string(network) + ".");
    return allocated.as_map();
  }
  const Address address = address_of(asked);
  if (!subnet) {
    for (const Map* each : subnets_of(network))
      if (Cidr::parse(text(*each, "cidr"))->contains(address)) subnet = each;
    if (!subnet)
      throw Refusal{400,
                    "IP address " + address.str() +
                        " is not a valid IP for any of the subnets on the specified network.",
                    "InvalidIpForNetwork"};
  }
  const Cidr cidr = *Cidr::parse(text(*subnet, "cidr"));
  const bool gateway = text(*subnet, "gateway_ip") == address.str();
  if (!cidr.contains(address) && !(gateway && device_owner == "network:router_interface"))
    throw Refusal{400,
                  "IP address " + address.str() + " is not a valid IP for the specified subnet.",
                  "InvalidIpForSubnet"};
  take_address(text(*subnet, "id"), address);
  return Map{{"subnet_id", get(*subnet, "id")}, {"ip_address", address.str()}};
}

List Neutron::allocate(std::string_view network, const Value& wanted,
                       std::string_view device_owner) {
  List fixed;
  try {
    if (wanted.is_list()) {
      for (const Value& each : wanted.as_list())
        fixed.push_back(allocate_one(network, each, device_owner));
      return fixed;
    }
    bool v4_wanted = false, v4_found = false;
    for (const Map* subnet : subnets_of(network)) {
      const bool v4 = get(*subnet, "ip_version") == Value(4);
      v4_wanted = v4_wanted || v4;
      if (v4 && v4_found) continue;
      const Value allocated = allocate_from(*subnet);
      if (allocated.is_map()) fixed.push_back(allocated);
      v4_found = v4_found || (v4 && allocated.is_map());
    }
    if (v4_wanted && !v4_found)
      throw in_use("IpAddressGenerationFailure",
                   "No more IP addresses available on network " + std::string(network) + ".");
  } catch (const Refusal&) {
    release_addresses(fixed);
    throw;
  }
  return fixed;
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
