#include "sim/crash/lives.h"

#include <iterator>

namespace heat {

namespace {

const Life kLives[] = {
    {"Net", R"(
  one: {type: OS::Neutron::Net, properties: {tags: [a, b]}}
)",
     R"(
  one: {type: OS::Neutron::Net, properties: {name: mine, admin_state_up: false, tags: [c]}}
)"},
    {"Subnet", R"(
  other:
    type: OS::Neutron::Subnet
    properties: {network: {get_resource: net}, name: mine, cidr: 10.9.1.0/24, tags: [a]}
)",
     R"(
  other:
    type: OS::Neutron::Subnet
    properties:
      network: {get_resource: net}
      name: yours
      cidr: 10.9.1.0/24
      dns_nameservers: [192.0.2.1]
      enable_dhcp: false
      tags: [b]
)"},
    {"Port", R"(
  group: {type: OS::Neutron::SecurityGroup}
  one:
    type: OS::Neutron::Port
    properties: {network: {get_resource: net}, tags: [a, b]}
)",
     R"(
  group: {type: OS::Neutron::SecurityGroup}
  one:
    type: OS::Neutron::Port
    properties:
      network: {get_resource: net}
      name: mine
      security_groups: [{get_resource: group}]
      fixed_ips: [{subnet: {get_resource: subnet}, ip_address: 10.9.0.77}]
      tags: [c]
)"},
    {"Router", R"(
  other: {type: OS::Neutron::Router, properties: {tags: [a, b]}}
)",
     R"(
  other:
    type: OS::Neutron::Router
    properties: {external_gateway_info: {network: public}, name: mine, tags: [c]}
)"},
    {"RouterInterfaceOnAPort", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  other: {type: OS::Neutron::Router}
  other_leg:
    type: OS::Neutron::RouterInterface
    properties: {router: {get_resource: other}, port: {get_resource: port}}
)"},
    {"RouterGateway", R"(
  other: {type: OS::Neutron::Router}
  gateway:
    type: OS::Neutron::RouterGateway
    properties: {router_id: {get_resource: other}, network: public}
)"},
    {"FloatingIP", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  address:
    type: OS::Neutron::FloatingIP
    properties: {floating_network: public}
    depends_on: leg
)",
     R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  address:
    type: OS::Neutron::FloatingIP
    properties: {floating_network: public, port_id: {get_resource: port}}
    depends_on: leg
)"},
    {"FloatingIPAssociation", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  other: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  address: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  led:
    type: OS::Neutron::FloatingIPAssociation
    properties: {floatingip_id: {get_resource: address}, port_id: {get_resource: port}}
)",
     R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  other: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  address: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  led:
    type: OS::Neutron::FloatingIPAssociation
    properties: {floatingip_id: {get_resource: address}, port_id: {get_resource: other}}
)"},
    {"FloatingIPAssociationOfAnother", R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  one: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  two: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}, depends_on: one}
  led:
    type: OS::Neutron::FloatingIPAssociation
    properties: {floatingip_id: {get_resource: one}, port_id: {get_resource: port}}
)",
     R"(
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  one: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  two: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}, depends_on: one}
  led:
    type: OS::Neutron::FloatingIPAssociation
    properties: {floatingip_id: {get_resource: two}, port_id: {get_resource: port}}
)"},
    {"SecurityGroup", R"(
  group:
    type: OS::Neutron::SecurityGroup
    properties:
      rules:
        - {protocol: tcp, port_range_min: 80, port_range_max: 80}
        - {protocol: tcp, port_range_min: 443, port_range_max: 443}
        - {protocol: icmp, remote_mode: remote_group_id}
)",
     R"(
  group:
    type: OS::Neutron::SecurityGroup
    properties:
      name: mine
      description: Changed
      rules:
        - {protocol: tcp, port_range_min: 80, port_range_max: 80}
        - {protocol: tcp, port_range_min: 8080, port_range_max: 8080}
        - {protocol: tcp, port_range_min: 8443, port_range_max: 8443}
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
)",
     R"(
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.small
      name: mine
      metadata: {a: b}
      tags: [c]
      networks: [{network: {get_resource: net}}]
)"},
    {"ServerRebuilt", R"(
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      image_update_policy: REBUILD
      networks: [{network: {get_resource: net}}]
)",
     R"(
  server:
    type: OS::Nova::Server
    properties:
      image: cirros-alt
      flavor: m1.tiny
      image_update_policy: REBUILD
      networks: [{network: {get_resource: net}}]
)"},
    {"ServerOnPorts", R"(
  one: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  two: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{port: {get_resource: one}}]}
)",
     R"(
  one: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  two: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      networks: [{port: {get_resource: two}}, {subnet: {get_resource: subnet}}]
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
)",
     R"(
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
        - {network: {get_resource: net}}
)"},
    {"Volume", R"(
  volume: {type: OS::Cinder::Volume, properties: {size: 1, metadata: {a: b}}}
)",
     R"(
  volume:
    type: OS::Cinder::Volume
    properties: {size: 1, name: mine, description: Changed, metadata: {c: d}, read_only: true}
)"},
    {"VolumeThatGrows", R"(
  volume: {type: OS::Cinder::Volume, properties: {size: 1}}
)",
     R"(
  volume: {type: OS::Cinder::Volume, properties: {size: 2}}
)",
     false},
    {"VolumeInUse", R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, properties: {size: 1}}
  attached:
    type: OS::Cinder::VolumeAttachment
    properties: {instance_uuid: {get_resource: server}, volume_id: {get_resource: volume}}
)",
     R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, properties: {size: 1, read_only: true}}
  attached:
    type: OS::Cinder::VolumeAttachment
    properties: {instance_uuid: {get_resource: server}, volume_id: {get_resource: volume}}
)"},
    {"VolumeAttachment", R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, properties: {size: 1}}
  other: {type: OS::Cinder::Volume, properties: {size: 1}}
  attached:
    type: OS::Cinder::VolumeAttachment
    properties: {instance_uuid: {get_resource: server}, volume_id: {get_resource: volume}}
)",
     R"(
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, properties: {size: 1}}
  other: {type: OS::Cinder::Volume, properties: {size: 1}}
  attached:
    type: OS::Cinder::VolumeAttachment
    properties: {instance_uuid: {get_resource: server}, volume_id: {get_resource: other}}
)"},
    {"SavedWhenDeleted", R"(
  server:
    type: OS::Nova::Server
    deletion_policy: Snapshot
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: {get_resource: net}}]}
  volume: {type: OS::Cinder::Volume, deletion_policy: Snapshot, properties: {size: 1}}
)"},
    // What can't be beside its replacement lets go first, and is made whole by a rollback.
    {"KeyPairReplaced", R"(
  key:
    type: OS::Nova::KeyPair
    properties: {name: mine, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9k me}
)",
     R"(
  key:
    type: OS::Nova::KeyPair
    properties: {name: mine, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9k you}
)"},
    {"PortReplaced", R"(
  port:
    type: OS::Neutron::Port
    properties:
      network: {get_resource: net}
      fixed_ips: [{subnet: {get_resource: subnet}, ip_address: 10.9.0.77}]
)",
     R"(
  port:
    type: OS::Neutron::Port
    properties:
      network: {get_resource: net}
      fixed_ips: [{subnet: {get_resource: subnet}, ip_address: 10.9.0.77}]
      mac_address: "fa:16:3e:00:00:77"
)"},
    {"ServerReplaced", R"(
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      networks: [{subnet: {get_resource: subnet}, fixed_ip: 10.9.0.77}]
)",
     R"(
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      availability_zone: nova
      networks: [{subnet: {get_resource: subnet}, fixed_ip: 10.9.0.77}]
)"},
    // Nothing but what Heat remembers tells these apart: their names are the template's, or none.
    {"AlikeSideBySide", R"(
  net_1: {type: OS::Neutron::Net, properties: {name: same}}
  net_2: {type: OS::Neutron::Net, properties: {name: same, admin_state_up: false}}
  port_1: {type: OS::Neutron::Port, properties: {network: {get_resource: net}, name: same}}
  port_2:
    type: OS::Neutron::Port
    properties: {network: {get_resource: net}, name: same, admin_state_up: false}
  address_1: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  address_2: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  volume_1: {type: OS::Cinder::Volume, properties: {name: same, size: 1}}
  volume_2: {type: OS::Cinder::Volume, properties: {name: same, size: 2}}
  server_1:
    type: OS::Nova::Server
    properties:
      {image: cirros, flavor: m1.tiny, name: same, networks: [{subnet: {get_resource: subnet}}]}
  server_2:
    type: OS::Nova::Server
    properties:
      {image: cirros, flavor: m1.small, name: same, networks: [{subnet: {get_resource: subnet}}]}
)"},
    // The second comes later: it must not be taken for the first.
    {"AlikeOneAfterTheOther", R"(
  net_1: {type: OS::Neutron::Net, properties: {name: same}}
  net_2: {type: OS::Neutron::Net, properties: {name: same}, depends_on: net_1}
  address_1: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
  address_2:
    type: OS::Neutron::FloatingIP
    properties: {floating_network: public}
    depends_on: address_1
  volume_1: {type: OS::Cinder::Volume, properties: {name: same, size: 1}}
  volume_2:
    {type: OS::Cinder::Volume, properties: {name: same, size: 1}, depends_on: volume_1}
)"},
};

}  // namespace

std::vector<Life> lives() { return {std::begin(kLives), std::end(kLives)}; }

}  // namespace heat
