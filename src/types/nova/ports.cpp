#include "types/nova/ports.h"

#include <algorithm>

#include "net/url.h"
#include "resource/recognise.h"
#include "text/write.h"
#include "types/nova/compute.h"

namespace heat::nova {

namespace {

CloudRequest network(std::string method, std::string path, Value body = {}) {
  return {.service = "network",
          .method = std::move(method),
          .path = std::move(path),
          .body = std::move(body),
          .headers = {},
          .microversion = {}};
}

const char* key_of(PortOwner owner) {
  return owner == PortOwner::Internal ? "internal_ports" : "external_ports";
}

void keep_ports(Resource& resource, PortOwner owner, const std::vector<std::string>& ids) {
  List ports;
  for (const std::string& id : ids) ports.push_back(Map{{"id", id}});
  resource.set_data(key_of(owner), to_python_json(ports, false));
}

}  // namespace

std::vector<std::string> known_ports(const Resource& resource, PortOwner owner) {
  std::vector<std::string> ids;
  const std::string kept = resource.data(key_of(owner));
  if (kept.empty()) return ids;
  const Value ports = from_json(kept);
  for (const Value& port : ports.as_list()) ids.push_back(port["id"].as_string());
  return ids;
}

void remember_port(Resource& resource, PortOwner owner, const std::string& id) {
  auto ids = known_ports(resource, owner);
  if (std::ranges::find(ids, id) != ids.end()) return;
  ids.push_back(id);
  keep_ports(resource, owner, ids);
}

void forget_port(Resource& resource, PortOwner owner, const std::string& id) {
  auto ids = known_ports(resource, owner);
  if (std::erase(ids, id) > 0) keep_ports(resource, owner, ids);
}

Task<std::string> network_of(Resource& resource, Value interface) {
  if (interface["network"].truthy()) co_return interface["network"].as_string();
  if (!interface["subnet"].truthy()) co_return std::string();
  const Value answer = co_await resource.session().send(
      network("GET", "/v2.0/subnets/" + interface["subnet"].as_string()));
  co_return answer["subnet"]["network_id"].string_or("");
}

Task<Value> security_group_ids(Resource& resource, Value groups) {
  static const Finder finder{.service = "network",
                             .collection = "/v2.0/security-groups",
                             .key = "security_groups",
                             .entity = "security_group",
                             .microversion = {},
                             .filters = {},
                             .own_first = true};
  List ids;
  if (groups.is_list())
    for (const Value& group : groups.as_list())
      ids.push_back(co_await resource.session().find_id(finder, group.as_string()));
  co_return ids;
}

bool wants_own_port(const Value& interface) {
  return interface["subnet"].truthy() || interface["port_extra_properties"].truthy();
}

namespace {

Map extra_properties(const Value& extra) {
  Map body;
  if (!extra.is_map()) return body;
  if (extra["value_specs"].is_map())
    for (const auto& entry : extra["value_specs"].as_map()) body.set(entry.key, entry.value);
  for (const auto& [key, value, kind] : extra.as_map()) {
    if (value.is_null() || key == "value_specs" || key == "no_fixed_ips" ||
        key == "allowed_address_pairs")
      continue;
    body.set(key == "qos_policy" ? "qos_policy_id" : key, value);
  }
  if (!extra["allowed_address_pairs"].is_list()) return body;
  List pairs;
  for (const Value& given : extra["allowed_address_pairs"].as_list()) {
    Map pair = given.as_map();
    if (given["mac_address"].is_null()) pair.erase("mac_address");
    pairs.push_back(std::move(pair));
  }
  body.set("allowed_address_pairs", std::move(pairs));
  return body;
}

Map port_body(const Value& interface, const std::string& name, const std::string& network_id,
              const Value& security_group_ids) {
  Map body{{"name", name}, {"network_id", network_id}};
  Map address;
  if (interface["fixed_ip"].truthy()) address.set("ip_address", interface["fixed_ip"]);
  if (interface["subnet"].truthy()) address.set("subnet_id", interface["subnet"]);
  if (!address.empty()) body.set("fixed_ips", List{std::move(address)});
  if (interface["port_extra_properties"]["no_fixed_ips"].truthy()) body.set("fixed_ips", List{});
  if (security_group_ids.truthy()) body.set("security_groups", security_group_ids);
  for (const auto& entry : extra_properties(interface["port_extra_properties"]))
    body.set(entry.key, entry.value);
  return body;
}

/// A port of this name on this network that no server uses: what a lost try left.
Task<std::optional<Value>> find_port(Resource& resource, std::string name, std::string network_id,
                                     std::string step) {
  const Value answer = co_await resource.session().send(
      network("GET", "/v2.0/ports?" + build_query({{"name", name}, {"network_id", network_id}})));
  std::vector<Lookalike> free;
  for (const Value& port : answer["ports"].as_list())
    if (!port["device_id"].truthy()) free.push_back({port["id"].as_string(), port["created_at"]});
  co_return co_await only_one(resource, "port", std::move(free), resource.begun(step));
}

Task<Value> post_port(Resource& resource, Value body) {
  const Value answer =
      co_await resource.session().send(network("POST", "/v2.0/ports", Map{{"port", body}}));
  remember_port(resource, PortOwner::Internal, answer["port"]["id"].as_string());
  co_return answer["port"]["id"];
}

}  // namespace

Task<std::string> make_port(Resource& resource, std::string step, Value interface,
                            std::size_t number, Value security_groups) {
  const std::string name = resource.name() + "-port-" + std::to_string(number);
  const std::string network_id = co_await network_of(resource, interface);
  const Value groups = co_await security_group_ids(resource, security_groups);
  const Value body = port_body(interface, name, network_id, groups);
  const Value id = co_await resource.step(
      step, [&] { return find_port(resource, name, network_id, step); },
      [&] { return post_port(resource, body); }, "ports " + network_id + " " + name);
  remember_port(resource, PortOwner::Internal, id.as_string());
  co_return id.as_string();
}

Task<> remove_port(Resource& resource, std::string id) {
  co_await resource.session().find(network("DELETE", "/v2.0/ports/" + id));
  forget_port(resource, PortOwner::Internal, id);
}

Task<Value> addresses_of_port(Resource& resource, std::string id) {
  const auto port = co_await resource.session().find(network("GET", "/v2.0/ports/" + id));
  co_return port ? (*port)["port"]["fixed_ips"] : Value();
}

Task<> set_port_addresses(Resource& resource, std::string id, Value fixed_ips) {
  const Value body = Map{{"port", Map{{"fixed_ips", std::move(fixed_ips)}}}};
  co_await resource.session().find(network("PUT", "/v2.0/ports/" + id, body));
}

Task<> set_port_groups(Resource& resource, std::string id, Value security_groups) {
  const Value ids = co_await security_group_ids(resource, std::move(security_groups));
  co_await resource.session().send(
      network("PUT", "/v2.0/ports/" + id, Map{{"port", Map{{"security_groups", ids}}}}));
}

Task<> associate_floating_ip(Resource& resource, std::string floating_ip, std::string port,
                             Value fixed_ip) {
  Map body{{"port_id", port}};
  if (fixed_ip.truthy()) body.set("fixed_ip_address", fixed_ip);
  co_await resource.session().send(
      network("PUT", "/v2.0/floatingips/" + floating_ip, Map{{"floatingip", std::move(body)}}));
}

Task<> disassociate_floating_ip(Resource& resource, std::string floating_ip) {
  const Value body = Map{{"floatingip", Map{{"port_id", nullptr}}}};
  co_await resource.session().find(network("PUT", "/v2.0/floatingips/" + floating_ip, body));
}

Task<List> interfaces_of(Resource& resource) {
  const Value answer = co_await resource.session().send(
      compute("GET", "/servers/" + resource.physical_id() + "/os-interface"));
  co_return answer["interfaceAttachments"].as_list();
}

}  // namespace heat::nova
