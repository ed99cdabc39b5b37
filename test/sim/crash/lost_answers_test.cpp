#include <gtest/gtest.h>

#include "sim/crash/trial.h"

// For each resource type: every request with an effect that its creation and its deletion make
// loses its answer, or its engine, once. Nothing is made twice and nothing is left over.

namespace heat {
namespace {

struct Case {
  const char* type;
  const char* resources;
};

void PrintTo(const Case& of, std::ostream* out) { *out << of.type; }

const char* const kNetwork = R"(
  net: {type: OS::Neutron::Net}
  subnet:
    type: OS::Neutron::Subnet
    properties: {network: {get_resource: net}, cidr: 10.9.0.0/24}
)";

const char* const kRouted = R"(
  router:
    type: OS::Neutron::Router
    properties: {external_gateway_info: {network: public}, tags: [a, b]}
  leg:
    type: OS::Neutron::RouterInterface
    properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
)";

// Where two have the same name or are alike in all, the second comes later: it must not be taken
// for the first.
const Case kCases[] = {
    {"Net", R"(
  one: {type: OS::Neutron::Net, properties: {name: same, tags: [a, b]}}
  two: {type: OS::Neutron::Net, properties: {name: same}, depends_on: one}
)"},
    {"Subnet", R"(
  other:
    type: OS::Neutron::Subnet
    properties: {network: {get_resource: net}, name: mine, cidr: 10.9.1.0/24, tags: [a]}
)"},
    {"Port", R"(
  one:
    type: OS::Neutron::Port
    properties: {network: {get_resource: net}, name: same, tags: [a, b]}
  two:
    type: OS::Neutron::Port
    depends_on: one
    properties: {network: {get_resource: net}, name: same}
)"},
    {"RouterAndInterface", ""},
    {"RouterInterfaceOnAPort", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  other: {type: OS::Neutron::Router}
  other_leg:
    type: OS::Neutron::RouterInterface
    properties: {router: {get_resource: other}, port: {get_resource: port}}
)"},
    {"FloatingIP", R"(
  one: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  two: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}, depends_on: one}
)"},
    {"FloatingIPAssociation", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  address: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  led:
    type: OS::Neutron::FloatingIPAssociation
    properties: {floatingip_id: {get_resource: address}, port_id: {get_resource: port}}
)"},
    {"SecurityGroup", R"(
  group:
    type: OS::Neutron::SecurityGroup
    properties:
      rules:
        - {protocol: tcp, port_range_min: 80, port_range_max: 80}
        - {protocol: tcp, port_range_min: 443, port_range_max: 443}
        - {protocol: icmp, remote_mode: remote_group_id}
)"},
    {"SecurityGroupRule", R"(
  group: {type: OS::Neutron::SecurityGroup}
  web:
    type: OS::Neutron::SecurityGroupRule
    properties: {security_group: {get_resource: group}, port_range_min: 80, port_range_max: 80}
  safe_web:
    type: OS::Neutron::SecurityGroupRule
    properties: {security_group: {get_resource: group}, port_range_min: 443, port_range_max: 443}
  ping:
    type: OS::Neutron::SecurityGroupRule
    properties: {security_group: {get_resource: group}, protocol: icmp}
)"},
    {"KeyPair", R"(
  key:
    type: OS::Nova::KeyPair
    properties: {name: mine, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9k me}
)"},
    {"Server", R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
)"},
    {"ServerWithPortsOfItsOwn", R"(
  group: {type: OS::Neutron::SecurityGroup}
  address:
    type: OS::Neutron::FloatingIP
    properties: {floating_network: public}
    depends_on: leg
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      name: mine
      metadata: {a: b}
      tags: [c, d]
      security_groups: [{get_resource: group}]
      networks:
        - {subnet: {get_resource: subnet}, floating_ip: {get_resource: address}}
        - {subnet: {get_resource: subnet}}
)"},
    {"Volume", R"(
  one: {type: OS::Cinder::Volume, properties: {name: same, size: 1, metadata: {a: b}}}
  two:
    type: OS::Cinder::Volume
    depends_on: one
    properties: {name: same, size: 1, read_only: true}
)"},
    {"VolumeAttachment", R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, properties: {size: 1}}
  attached:
    type: OS::Cinder::VolumeAttachment
    properties: {instance_uuid: {get_resource: server}, volume_id: {get_resource: volume}}
)"},
};

class LostAnswers : public testing::TestWithParam<Case> {
 protected:
  static constexpr std::uint64_t kSeed = 3;

  void SetUp() override {
    const std::string all = std::string("heat_template_version: 2021-04-16\nresources:") +
                            kNetwork + kRouted + GetParam().resources;
    create_ = {{Ask::What::Create, all, ""}};
  }

  /// `asks` with each of its effects disturbed, in each way, end as without.
  void expect_undisturbed(const std::vector<Ask>& before, const std::vector<Ask>& asks) {
    Trial calm(kSeed);
    calm.prepare(before);
    calm.run(asks, {});
    const std::string expected = calm.seen();
    const std::vector<int> effects = calm.effects();
    ASSERT_FALSE(effects.empty());
    if (!asks.empty() && asks.back().what == Ask::What::Create)
      ASSERT_NE(expected.find("CREATE_COMPLETE"), std::string::npos) << expected;
    TwinFault lost{TwinFault::Kind::LostAnswer};
    for (const int number : effects)
      for (const Disturbance& disturbance :
           {Disturbance{Disturbance::Kind::Fault, number, true, lost},
            Disturbance{Disturbance::Kind::KillAtRequest, number, true, {}}}) {
        Trial trial(kSeed);
        trial.prepare(before);
        trial.run(asks, disturbance);
        EXPECT_EQ(differences(expected, trial.seen()), "")
            << to_string(disturbance) << ": " << calm.request(number);
      }
  }

  std::vector<Ask> create_, removal_{{Ask::What::Delete, "", ""}};
};

TEST_P(LostAnswers, OfACreationMakeNothingTwice) { expect_undisturbed({}, create_); }
TEST_P(LostAnswers, OfADeletionLeaveNothing) { expect_undisturbed(create_, removal_); }

INSTANTIATE_TEST_SUITE_P(Of, LostAnswers, testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.type; });

}  // namespace
}  // namespace heat
