// Networks and subnets: pools, and what is in use.
#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

void admin_only(const Map& network, std::string_view member, const Caller& caller) {
  if (get(network, member).truthy() && !caller.admin())
    throw Refusal{403,
                  "(rule:create_network and rule:create_network:" + std::string(member) +
                      ") is disallowed by policy",
                  "PolicyNotAuthorized"};
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

}  // namespace

std::vector<Map*> Neutron::subnets_of(std::string_view network) {
  std::vector<Map*> found;
  for (auto& [order, row] : objects("subnets").rows())
    if (is(row.object, "network_id", network)) found.push_back(&row.object);
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

}  // namespace heat::twin
