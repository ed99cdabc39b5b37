// Routers, their interfaces and gateways.
#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

constexpr std::string_view kInterface = "network:router_interface";

bool on_subnet(const Map& port, const Value& subnet) {
  for (const Value& fixed : get(port, "fixed_ips").as_list())
    if (fixed["subnet_id"] == subnet) return true;
  return false;
}

Map interface_info(const Map& router, const Map& port) {
  List subnets;
  for (const Value& fixed : get(port, "fixed_ips").as_list()) subnets.push_back(fixed["subnet_id"]);
  return Map{{"id", get(router, "id")},
             {"tenant_id", get(router, "tenant_id")},
             {"port_id", get(port, "id")},
             {"network_id", get(port, "network_id")},
             {"subnet_id", subnets.empty() ? Value() : subnets.front()},
             {"subnet_ids", subnets}};
}

}  // namespace

void Neutron::prepare_router(Map& router, const Caller& caller) {
  const Value wanted = get(router, "external_gateway_info");
  router.set("external_gateway_info", nullptr);
  set_gateway(router, wanted, caller);
}

void Neutron::set_gateway(Map& router, const Value& wanted, const Caller& caller) {
  if (!wanted["network_id"].is_string()) {
    clear_gateway(router);
    return;
  }
  for (const char* member : {"enable_snat", "external_fixed_ips"})
    if (wanted.find(member) && !caller.admin())
      throw Refusal{403,
                    "(rule:update_router and (rule:update_router:external_gateway_info and "
                    "(rule:update_router:external_gateway_info:network_id and "
                    "rule:update_router:external_gateway_info:" +
                        std::string(member) + "))) is disallowed by policy",
                    "PolicyNotAuthorized"};
  const Map& network = need("networks", wanted["network_id"], caller);
  if (!get(network, "router:external").truthy())
    throw bad_request("router", "Network " + text(network, "id") + " is not an external network.");
  Map info{{"network_id", get(network, "id")}};
  const Value& before = get(router, "external_gateway_info");
  if (before["network_id"] == get(network, "id") && !wanted.find("external_fixed_ips")) {
    info.set("external_fixed_ips", before["external_fixed_ips"]);
  } else {
    clear_gateway(router);
    Map asked{{"network_id", get(network, "id")},
              {"device_id", get(router, "id")},
              {"device_owner", "network:router_gateway"}};
    if (const Value* fixed = wanted.find("external_fixed_ips")) asked.set("fixed_ips", *fixed);
    info.set("external_fixed_ips", get(create("ports", asked, Caller::service()), "fixed_ips"));
  }
  info.set("enable_snat", wanted.find("enable_snat") ? wanted["enable_snat"] : Value(true));
  router.set("external_gateway_info", info);
}

void Neutron::clear_gateway(Map& router) {
  const std::string id = text(router, "id");
  const Value info = get(router, "external_gateway_info");
  if (info.is_null()) return;
  for (const auto& [order, row] : objects("floatingips").rows())
    if (is(row.object, "router_id", id))
      throw Refusal{409,
                    "Gateway cannot be updated for router " + id +
                        ", since a gateway to external network " + info["network_id"].as_string() +
                        " is required by one or more floating IPs.",
                    "RouterExternalGatewayInUseByFloatingIp"};
  for (Map* port : ports_where("device_id", id)) {
    if (!is(*port, "device_owner", "network:router_gateway")) continue;
    release_addresses(get(*port, "fixed_ips"));
    objects("ports").erase(text(*port, "id"));
  }
  router.set("external_gateway_info", nullptr);
}

void Neutron::remove_router(Map& router) {
  const std::string id = text(router, "id");
  std::string ports;
  for (const Map* port : ports_where("device_id", id))
    if (is(*port, "device_owner", kInterface))
      ports += (ports.empty() ? "" : ",") + text(*port, "id");
  if (!ports.empty())
    throw Refusal{409, "Router " + id + " has ports still attached: " + ports, "RouterInUse"};
  clear_gateway(router);
}

Reply Neutron::router_action(Map& router, const Call& call) {
  if (call.method == "PUT" && call.part(3) == "add_router_interface")
    return {200, attach(router, call.body, call.caller), {}};
  if (call.method == "PUT" && call.part(3) == "remove_router_interface")
    return {200, detach(router, call.body, call.caller), {}};
  throw Refusal{404, "The resource could not be found.", "HTTPNotFound"};
}

void Neutron::add_interface(std::string_view router, std::string_view subnet,
                            const Caller& caller) {
  attach(need("routers", Value(router), caller), Map{{"subnet_id", subnet}}, caller);
}

Map Neutron::attach(Map& router, const Value& wanted, const Caller& caller) {
  const Value &subnet_id = wanted["subnet_id"], &port_id = wanted["port_id"];
  if (subnet_id.is_null() && port_id.is_null())
    throw bad_request("router", "Either subnet_id or port_id must be specified.");
  const std::string id = text(router, "id");
  Map* port = nullptr;
  std::vector<const Map*> subnets;
  if (port_id.is_string()) {
    port = &need("ports", port_id, caller);
    if (!text(*port, "device_id").empty())
      throw Refusal{409,
                    "Unable to complete operation on port " + port_id.as_string() +
                        " for network " + text(*port, "network_id") +
                        ". Port already has an attached device " + text(*port, "device_id") + ".",
                    "PortInUse"};
    if (get(*port, "fixed_ips").as_list().empty())
      throw bad_request("router", "Port " + port_id.as_string() + " must have a fixed IP.");
    for (const Value& fixed : get(*port, "fixed_ips").as_list())
      subnets.push_back(&need("subnets", fixed["subnet_id"], caller));
  } else {
    subnets.push_back(&need("subnets", subnet_id, caller));
    if (get(*subnets.front(), "gateway_ip").is_null())
      throw bad_request("router", "Subnet for router interface must have a gateway IP.");
  }
  for (const Map* subnet : subnets)
    for (const Map* other : ports_where("device_id", id)) {
      if (on_subnet(*other, get(*subnet, "id")))
        throw bad_request("router",
                          "Router already has a port on subnet " + text(*subnet, "id") + ".");
      for (const Value& fixed : get(*other, "fixed_ips").as_list()) {
        const Map& near = *objects("subnets").find(fixed["subnet_id"].as_string());
        if (Cidr::parse(text(near, "cidr"))->overlaps(*Cidr::parse(text(*subnet, "cidr"))))
          throw bad_request("router", "Cidr " + text(*subnet, "cidr") + " of subnet " +
                                          text(*subnet, "id") + " overlaps with cidr " +
                                          text(near, "cidr") + " of subnet " + text(near, "id") +
                                          ".");
      }
    }
  if (port) {
    port->set("device_id", id);
    port->set("device_owner", kInterface);
    port->set("security_groups", List{});
    port->set("port_security_enabled", false);
    touch(*port);
  } else {
    const Map& subnet = *subnets.front();
    const Caller system = Caller::service(text(router, "tenant_id"));
    port = &create("ports",
                   Map{{"network_id", get(subnet, "network_id")},
                       {"device_id", id},
                       {"device_owner", kInterface},
                       {"fixed_ips", List{Map{{"subnet_id", get(subnet, "id")},
                                              {"ip_address", get(subnet, "gateway_ip")}}}}},
                   system);
  }
  return interface_info(router, *port);
}

Map Neutron::detach(Map& router, const Value& wanted, const Caller& caller) {
  const std::string id = text(router, "id");
  const Value &subnet_id = wanted["subnet_id"], &port_id = wanted["port_id"];
  if (subnet_id.is_null() && port_id.is_null())
    throw bad_request("router", "Either subnet_id or port_id must be specified.");
  if (subnet_id.is_string()) need("subnets", subnet_id, caller);
  Map* port = nullptr;
  for (Map* each : ports_where("device_id", id))
    if (is(*each, "device_owner", kInterface) &&
        (port_id.is_string() ? get(*each, "id") == port_id : on_subnet(*each, subnet_id)))
      port = each;
  if (!port && port_id.is_string())
    throw Refusal{404,
                  "Router " + id + " does not have an interface with id " + port_id.as_string(),
                  "RouterInterfaceNotFound"};
  if (!port)
    throw Refusal{404, "Router " + id + " has no interface on subnet " + query_text(subnet_id),
                  "RouterInterfaceNotFoundForSubnet"};
  for (const auto& [order, row] : objects("floatingips").rows()) {
    const Map* served = objects("ports").find(text(row.object, "port_id"));
    if (!served || !is(row.object, "router_id", id)) continue;
    for (const Value& fixed : get(*port, "fixed_ips").as_list())
      if (on_subnet(*served, fixed["subnet_id"]))
        throw Refusal{409,
                      "Router interface for subnet " + fixed["subnet_id"].as_string() +
                          " on router " + id +
                          " cannot be deleted, as it is required by one or more floating IPs.",
                      "RouterInterfaceInUseByFloatingIP"};
  }
  Map info = interface_info(router, *port);
  release_addresses(get(*port, "fixed_ips"));
  objects("ports").erase(text(*port, "id"));
  return info;
}

std::string Neutron::router_between(std::string_view subnet, std::string_view external) {
  for (const Map* port : ports_where("device_owner", kInterface)) {
    if (!on_subnet(*port, Value(subnet))) continue;
    const Map* router = objects("routers").find(text(*port, "device_id"));
    if (router && get(*router, "external_gateway_info")["network_id"] == Value(external))
      return text(*router, "id");
  }
  return {};
}

}  // namespace heat::twin
