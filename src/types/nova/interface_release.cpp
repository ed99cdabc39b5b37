#include <algorithm>

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
}

Task<> reclaim_ports(Resource& old) {
  if (old.physical_id().empty()) co_return;
  const auto ports = all_ports(old);
  for (const std::string& id : ports)
    co_await old.step("reclaim-" + id, nullptr, [&] { return attach_again(old, id); });
}

}  // namespace heat::nova
