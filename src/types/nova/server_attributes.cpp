#include <algorithm>

#include "base/error.h"
#include "net/url.h"
#include "types/nova/compute.h"
#include "types/nova/server.h"

// What a server tells of itself: attributes, and today's state in terms of properties.
namespace heat {

using namespace nova;

namespace {

Task<Value> ask_network(Resource& resource, std::string path) {
  CloudRequest request;
  request.service = "network";
  request.path = std::move(path);
  const auto answer = co_await resource.session().find(std::move(request));
  co_return answer.value_or(Value());
}

/// Every network of the map under its id as well as under its name.
Task<Value> by_id_and_name(Resource& resource, Map by_name) {
  const Map names = by_name;
  for (const auto& [name, content, kind] : names) {
    const Value found = co_await ask_network(
        resource, "/v2.0/networks?" + build_query({{"name", name}, {"fields", "id"}}));
    if (found["networks"].is_list() && found["networks"].as_list().size() == 1)
      by_name.set(found["networks"][std::size_t{0}]["id"].as_string(), content);
  }
  co_return by_name;
}

Task<Value> networks(Resource& resource, Value server) {
  Map by_name;
  if (server["addresses"].is_map())
    for (const auto& [name, addresses, kind] : server["addresses"].as_map()) {
      List plain;
      for (const Value& address : addresses.as_list()) plain.push_back(address["addr"]);
      by_name.set(name, std::move(plain));
    }
  co_return co_await by_id_and_name(resource, std::move(by_name));
}

Task<Value> subnets_of(Resource& resource, Value port) {
  List subnets;
  for (const Value& fixed : port["fixed_ips"].as_list()) {
    if (!fixed["subnet_id"].truthy()) continue;
    const Value answer =
        co_await ask_network(resource, "/v2.0/subnets/" + fixed["subnet_id"].as_string());
    subnets.push_back(answer["subnet"]);
  }
  co_return subnets;
}

Map address_of(const Value& port, const Value& address, std::string_view type) {
  const bool v6 = address.string_or("").find(':') != std::string::npos;
  return {{"addr", address},
          {"OS-EXT-IPS-MAC:mac_addr", port["mac_address"]},
          {"OS-EXT-IPS:type", type},
          {"port", type == "fixed" ? port["id"] : Value()},
          {"version", v6 ? 6 : 4}};
}

Task<List> addresses_of_port(Resource& resource, Value port, Value network) {
  List addresses;
  for (const Value& fixed : port["fixed_ips"].as_list()) {
    const Value& ip = fixed["ip_address"];
    if (ip.truthy()) {
      const Value floating = co_await ask_network(
          resource, "/v2.0/floatingips?" + build_query({{"fixed_ip_address", ip.as_string()},
                                                        {"port_id", port["id"].as_string()}}));
      for (const Value& one : floating["floatingips"].as_list())
        addresses.push_back(address_of(port, one["floating_ip_address"], "floating"));
    }
    Map address = address_of(port, ip, "fixed");
    address.set("subnets", co_await subnets_of(resource, port));
    address.set("network", network);
    addresses.push_back(std::move(address));
  }
  co_return addresses;
}

Task<Value> addresses(Resource& resource) {
  const Value answer = co_await ask_network(
      resource, "/v2.0/ports?" + build_query({{"device_id", resource.physical_id()}}));
  Map by_name;
  for (const Value& port : answer["ports"].as_list()) {
    const Value network = (co_await ask_network(
        resource, "/v2.0/networks/" + port["network_id"].as_string()))["network"];
    const std::string name = network["name"].string_or(port["network_id"].as_string());
    List all = by_name.contains(name) ? by_name.find(name)->as_list() : List{};
    const List more = co_await addresses_of_port(resource, port, network);
    all.insert(all.end(), more.begin(), more.end());
    by_name.set(name, std::move(all));
  }
  co_return co_await by_id_and_name(resource, std::move(by_name));
}

Task<Value> console_urls(Resource& resource) {
  Map urls;
  for (const auto& [kind, action, type] :
       {std::tuple{"novnc", "os-getVNCConsole", "novnc"},
        std::tuple{"xvpvnc", "os-getVNCConsole", "xvpvnc"},
        std::tuple{"spice-html5", "os-getSPICEConsole", "spice-html5"},
        std::tuple{"rdp-html5", "os-getRDPConsole", "rdp-html5"},
        std::tuple{"serial", "os-getSerialConsole", "serial"}}) {
    Value url;
    try {
      const Value answer = co_await act(resource.session(), resource.physical_id(),
                                        Map{{action, Map{{"type", type}}}});
      url = answer["console"]["url"];
    } catch (const Error& error) {
      // A console that the cloud doesn't offer says so in its place, as in the original.
      url = "Cannot get console url: " + error.message();
    }
    urls.set(kind, url);
  }
  co_return urls;
}

Value first_address(const Value& server) {
  std::string first_network;
  if (server["addresses"].is_map())
    for (const auto& entry : server["addresses"].as_map())
      if (entry.value.truthy()) first_network = std::max(first_network, entry.key);
  return server["addresses"][first_network][std::size_t{0}]["addr"].string_or("");
}

Task<Value> attribute(Resource& resource, Value server, std::string name) {
  if (name == "show") co_return server;
  if (name == "name") co_return server["name"];
  if (name == "addresses") co_return co_await addresses(resource);
  if (name == "networks") co_return co_await networks(resource, server);
  if (name == "first_address") co_return first_address(server);
  if (name == "instance_name") co_return server["OS-EXT-SRV-ATTR:instance_name"];
  if (name == "accessIPv4" || name == "accessIPv6") co_return server[name];
  if (name == "console_urls") co_return co_await console_urls(resource);
  if (name == "os_collect_config") {
    const Value& collect = resource.row().metadata["os-collect-config"];
    co_return collect.is_null() ? Value(Map{}) : collect;
  }
  if (name == "tags") {
    const Value answer = co_await resource.session().send(
        compute("GET", "/servers/" + resource.physical_id() + "/tags", {}, kTags));
    co_return answer["tags"];
  }
  co_return Value();
}

}  // namespace

Task<Map> Server::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  std::optional<Value> server;
  if (!resource.physical_id().empty())
    server = co_await find_server(resource.session(), resource.physical_id());
  for (const std::string& name : names)
    values.set(name, server ? co_await attribute(resource, *server, name) : Value());
  co_return values;
}

Task<Value> Server::live(Resource& resource) {
  const Value server = co_await get_server(resource.session(), resource.physical_id());
  Map state = resource.applied().is_map() ? resource.applied().as_map() : Map();
  state.set("flavor", server["flavor"]["id"]);
  if (server["image"].is_map()) state.set("image", server["image"]["id"]);
  state.set("name", server["name"]);
  state.set("metadata", server["metadata"]);
  co_return state;
}

}  // namespace heat
