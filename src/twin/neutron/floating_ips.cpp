#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

void Neutron::prepare_floating_ip(Map& floating_ip, const Caller& caller) {
  const Map& network = need("networks", get(floating_ip, "floating_network_id"), caller);
  if (!get(network, "router:external").truthy())
    throw bad_request("floatingip",
                      "Network " + text(network, "id") + " is not a valid external network.");
  Map wanted{{"network_id", get(network, "id")},
             {"device_id", get(floating_ip, "id")},
             {"device_owner", "network:floatingip"}};
  Map fixed;
  if (const Value* subnet = floating_ip.find("subnet_id")) fixed.set("subnet_id", *subnet);
  if (const Value* address = floating_ip.find("floating_ip_address"))
    fixed.set("ip_address", *address);
  if (!fixed.empty()) wanted.set("fixed_ips", List{fixed});
  floating_ip.erase("subnet_id");
  const Map& port = create("ports", wanted, Caller::service());
  floating_ip.set("floating_ip_address", get(port, "fixed_ips")[0]["ip_address"]);
  if (get(floating_ip, "port_id").is_null()) return;
  try {
    const Map as_asked = floating_ip;
    floating_ip.set("port_id", nullptr);
    associate(floating_ip, as_asked, caller);
  } catch (const Refusal&) {
    remove_floating_ip(floating_ip);
    throw;
  }
}

void Neutron::associate(Map& floating_ip, const Map& changes, const Caller& caller) {
  const Value* port_id = changes.find("port_id");
  if (!port_id) return;
  if (port_id->is_null()) {
    dissociate(floating_ip);
    return;
  }
  const Map& port = need("ports", *port_id, caller);
  const std::string external = text(floating_ip, "floating_network_id");
  Value fixed;
  for (const Value& each : get(port, "fixed_ips").as_list()) {
    const Value& asked = get(changes, "fixed_ip_address");
    if (fixed.is_null() && (asked.is_null() || asked == each["ip_address"])) fixed = each;
  }
  if (fixed.is_null())
    throw bad_request("floatingip", "Port " + port_id->as_string() +
                                        " does not have the fixed IP that was asked for.");
  for (const auto& [order, row] : objects("floatingips").rows())
    if (row.id != text(floating_ip, "id") && get(row.object, "port_id") == *port_id &&
        get(row.object, "fixed_ip_address") == fixed["ip_address"])
      throw Refusal{409,
                    "Cannot associate floating IP " + text(floating_ip, "floating_ip_address") +
                        " (" + text(floating_ip, "id") + ") with port " + port_id->as_string() +
                        " using fixed IP " + fixed["ip_address"].as_string() +
                        ", as that fixed IP already has a floating IP on external network " +
                        external + ".",
                    "FloatingIPPortAlreadyAssociated"};
  const std::string router = router_between(fixed["subnet_id"].as_string(), external);
  if (router.empty())
    throw Refusal{404,
                  "External network " + external + " is not reachable from subnet " +
                      fixed["subnet_id"].as_string() + ".  Therefore, cannot associate Port " +
                      port_id->as_string() + " with a Floating IP.",
                  "ExternalGatewayForFloatingIPNotFound"};
  floating_ip.set("port_id", *port_id);
  floating_ip.set("fixed_ip_address", fixed["ip_address"]);
  floating_ip.set("router_id", router);
}

void Neutron::dissociate(Map& floating_ip) {
  floating_ip.set("port_id", nullptr);
  floating_ip.set("fixed_ip_address", nullptr);
  floating_ip.set("router_id", nullptr);
}

void Neutron::remove_floating_ip(Map& floating_ip) {
  for (Map* port : ports_where("device_id", text(floating_ip, "id"))) {
    release_addresses(get(*port, "fixed_ips"));
    objects("ports").erase(text(*port, "id"));
  }
}

}  // namespace heat::twin
