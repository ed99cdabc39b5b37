#include <gtest/gtest.h>

#include "resource/behaviour.h"
#include "types/types.h"

namespace heat {
namespace {

/// A stack with a network, its subnet, a router with a leg in it, and a floating IP on a port.
Siblings siblings(Value port_addresses) {
  return Siblings({
      {"net", "OS::Neutron::Net", Map(), "net"},
      {"subnet", "OS::Neutron::Subnet", Map{{"network", "net"}}, "subnet"},
      {"other", "OS::Neutron::Subnet", Map{{"network", "elsewhere"}}, "other"},
      {"router", "OS::Neutron::Router", Map{{"external_gateway_info", Map{{"network", "public"}}}},
       "router"},
      {"leg", "OS::Neutron::RouterInterface", Map{{"router", "router"}, {"subnet", "subnet"}},
       "leg"},
      {"far_leg", "OS::Neutron::RouterInterface", Map{{"router", "router"}, {"subnet", "other"}},
       "far_leg"},
      {"port", "OS::Neutron::Port", Map{{"network", "net"}, {"fixed_ips", port_addresses}}, "port"},
      {"address", "OS::Neutron::FloatingIP",
       Map{{"floating_network", "public"}, {"port_id", "port"}}, "address"},
      {"association", "OS::Neutron::FloatingIPAssociation", Map{{"port_id", "port"}},
       "association"},
  });
}

using Names = std::set<std::string>;

Names first(const std::string& name, Value port_addresses = {}) {
  Registry registry;
  register_types(registry);
  const auto all = siblings(std::move(port_addresses));
  Names names;
  for (const Sibling& self : all.all())
    if (self.name == name)
      for (const Sibling* other : registry.find(self.type)->behaviour->depends(self, all))
        names.insert(other->name);
  return names;
}

TEST(NeutronDepends, a_port_waits_for_the_subnets_of_its_network) {
  EXPECT_EQ(first("port"), Names{"subnet"});
}

TEST(NeutronDepends, a_floating_ip_waits_for_the_gateway_and_for_the_leg_to_its_port) {
  EXPECT_EQ(first("address"), (Names{"router", "leg"}));
  EXPECT_EQ(first("association"), Names{"leg"});
}

TEST(NeutronDepends, a_leg_counts_by_the_ports_subnet_or_else_by_its_network) {
  EXPECT_EQ(first("association", List{Map{{"subnet", "other"}}}), Names{"far_leg"});
  EXPECT_EQ(first("association", List{Map{{"ip_address", "10.0.0.9"}}}), Names{"leg"});
}

TEST(NeutronDepends, nothing_waits_for_a_network_of_another_name) {
  EXPECT_EQ(first("router"), Names{});
}

}  // namespace
}  // namespace heat
