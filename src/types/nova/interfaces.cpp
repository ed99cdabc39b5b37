#include "types/nova/interfaces.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "types/nova/compute.h"
#include "types/nova/ports.h"

namespace heat::nova {

namespace {

const Value* string_network(const Value& networks) {
  if (networks.is_list())
    for (const Value& interface : networks.as_list())
      if (interface["allocate_network"].truthy()) return interface.find("allocate_network");
  return nullptr;
}

/// What Nova is asked for one interface.
Task<Value> request_for(Resource& resource, Value interface, std::size_t number) {
  Map request;
  const std::string network_id = co_await network_of(resource, interface);
  if (!network_id.empty()) request.set("uuid", network_id);
  std::string port = interface["port"].string_or("");
  if (port.empty() && wants_own_port(interface))
    port = co_await make_port(resource, "port-" + std::to_string(number), interface, number,
                              resource.property("security_groups"));
  if (!port.empty())
    request.set("port", port);
  else if (interface["fixed_ip"].truthy())
    request.set("fixed_ip", interface["fixed_ip"]);
  if (interface["floating_ip"].truthy() && !port.empty())
    co_await associate_floating_ip(resource, interface["floating_ip"].as_string(), port,
                                   interface["fixed_ip"]);
  if (interface["tag"].truthy()) request.set("tag", interface["tag"]);
  co_return request;
}

}  // namespace

bool has_string_network(const Value& networks) { return string_network(networks) != nullptr; }

bool has_interface_tag(const Value& networks) {
  return networks.is_list() &&
         std::ranges::any_of(networks.as_list(), [](const Value& n) { return n["tag"].truthy(); });
}

Task<Value> make_interfaces(Resource& resource) {
  const Value networks = resource.property("networks");
  if (!networks.truthy()) co_return Value();
  if (const Value* word = string_network(networks)) co_return *word;
  List requests;
  for (std::size_t i = 0; i < networks.as_list().size(); ++i)
    requests.push_back(co_await request_for(resource, networks[i], i));
  co_return requests;
}

Task<> note_external_ports(Resource& resource) {
  std::set<std::string> present;
  const List interfaces = co_await interfaces_of(resource);
  for (const Value& interface : interfaces) present.insert(interface["port_id"].as_string());
  for (const std::string& id : known_ports(resource, PortOwner::External))
    if (!present.contains(id)) forget_port(resource, PortOwner::External, id);
  const auto internal = known_ports(resource, PortOwner::Internal);
  for (const std::string& id : present)
    if (std::ranges::find(internal, id) == internal.end())
      remember_port(resource, PortOwner::External, id);
}

Task<> remove_internal_ports(Resource& resource) {
  const auto ports = known_ports(resource, PortOwner::Internal);
  for (const std::string& id : ports) co_await remove_port(resource, id);
}

namespace {

class NetworkRules {
 public:
  NetworkRules(Path path, Diagnostics& problems) : path_(std::move(path)), problems_(problems) {}

  void check(const Value& interface) {
    const auto given = [&](const char* key) { return !interface[key].is_null(); };
    const bool allocate = interface["allocate_network"].truthy();
    if (!given("network") && !given("port") && !given("subnet") && !allocate)
      complain("the interface has no network: give network, subnet, port or allocate_network");
    if (allocate && std::ranges::count_if(interface.as_map(), [](const Map::Entry& entry) {
                      return !entry.value.is_null();
                    }) != 1)
      complain("allocate_network excludes everything else in the entry");
    if (given("fixed_ip") && given("port"))
      complain("fixed_ip and port exclude each other: the port has its own addresses",
               ErrorKind::ResourcePropertyConflict);
    if (given("floating_ip") && given("network") && !given("port") && !given("subnet") &&
        !given("port_extra_properties"))
      complain("floating_ip needs a port that is known: give port or subnet as well");
  }

  void complain(std::string message, ErrorKind kind = ErrorKind::StackValidationFailed) {
    problems_.add(kind, std::move(message), path_);
  }

 private:
  Path path_;
  Diagnostics& problems_;
};

}  // namespace

void validate_networks(const Value& properties, const Path& path, Diagnostics& problems) {
  const Value& networks = properties["networks"];
  if (!networks.is_list()) return;
  Path place = path;
  place.push_back("networks");
  bool has_port = false;
  for (std::size_t i = 0; i < networks.as_list().size(); ++i) {
    if (!networks[i].is_map()) continue;
    place.push_back(std::to_string(i));
    NetworkRules(place, problems).check(networks[i]);
    place.pop_back();
    has_port = has_port || !networks[i]["port"].is_null();
  }
  NetworkRules rules(place, problems);
  if (has_string_network(networks) && networks.as_list().size() != 1)
    rules.complain("allocate_network must be the only entry");
  if (has_port && properties["security_groups"].truthy())
    rules.complain(
        "security_groups and networks/port exclude each other: give the groups to the port",
        ErrorKind::ResourcePropertyConflict);
}

}  // namespace heat::nova
