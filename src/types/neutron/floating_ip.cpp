#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "resource/rest/rest_behaviour.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

bool on_subnet(const Sibling& port, const Value& subnet, const Siblings& all) {
  const Value& addresses = port.properties["fixed_ips"];
  bool all_said = addresses.is_list() && addresses.truthy();
  for (std::size_t i = 0; addresses.is_list() && i < addresses.as_list().size(); ++i) {
    if (addresses[i]["subnet"] == subnet) return true;
    all_said = all_said && addresses[i]["subnet"].truthy();
  }
  if (all_said) return false;
  // Neutron will choose a subnet of the port's network; one that is not ours may be of it.
  const Sibling* ours = all.referred_to(subnet, "OS::Neutron::Subnet");
  return ours == nullptr || ours->properties["network"] == port.properties["network"];
}

/// Neutron leads a floating IP to a port only once a router joins the port's subnet to the outside.
Neighbours interfaces_before(const Sibling& self, const Siblings& all) {
  Neighbours first;
  const Sibling* port = all.referred_to(self.properties["port_id"], "OS::Neutron::Port");
  if (port == nullptr) return first;
  for (const Sibling* interface : all.of_type("OS::Neutron::RouterInterface")) {
    const Value& subnet = interface->properties["subnet"];
    if (subnet.truthy() && on_subnet(*port, subnet, all)) first.push_back(interface);
  }
  return first;
}

class FloatingIP : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  Neighbours depends(const Sibling& self, const Siblings& all) const override {
    Neighbours first = RestBehaviour::depends(self, all);
    std::ranges::copy(interfaces_before(self, all), std::back_inserter(first));
    return first;
  }
};

class FloatingIPAssociation : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  Neighbours depends(const Sibling& self, const Siblings& all) const override {
    return interfaces_before(self, all);
  }

  Task<> update(Resource& resource, PropertyChanges changes) override {
    if (changes.contains("floatingip_id"))
      co_await resource.step("leave", {}, [&]() -> Task<Value> {
        rest::Call leave = plan().remove;
        CloudRequest call =
            request(leave, Map{{"floatingip_id", resource.applied()["floatingip_id"]}});
        (void)co_await resource.session().find(std::move(call));
        co_return Value();
      });
    // The whole association is sent, whatever changed.
    co_await RestBehaviour::update(resource, std::move(changes));
  }

 private:
  /// The link itself, where we meant to make it.
  Task<std::optional<Value>> recognise(Resource& resource) override {
    if (!resource.begun("create")) co_return std::nullopt;
    const auto answer = co_await resource.session().find(
        request({.method = "GET", .path = "/v2.0/floatingips/{floatingip_id}", .body = {}},
                placeholders(resource)));
    if (!answer || (*answer)["floatingip"]["port_id"] != resource.property("port_id"))
      co_return std::nullopt;
    resource.set_physical_id(physical_id(resource, {}));
    co_return resource.physical_id();
  }
};

}  // namespace

std::shared_ptr<Behaviour> floating_ip(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<FloatingIP>(file, type);
}

std::shared_ptr<Behaviour> floating_ip_association(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<FloatingIPAssociation>(file, type);
}

}  // namespace heat::neutron
