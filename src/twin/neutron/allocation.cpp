// Which addresses of a subnet are taken, and which is next.
#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

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

}  // namespace heat::twin
