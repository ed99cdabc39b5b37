#include "twin/seed.h"

namespace heat::twin {

void seed_identity(World& world, Keystone& keystone) {
  world["identity/domains"].add("default", Map{{"id", "default"},
                                               {"name", "Default"},
                                               {"description", "The default domain"},
                                               {"enabled", true},
                                               {"tags", List{}},
                                               {"options", Map{}}});
  world["identity/regions"].add(
      world.options().region,
      Map{{"id", world.options().region}, {"description", ""}, {"parent_region_id", nullptr}});
  for (const char* role : {"heat_stack_owner", "load-balancer_member", "member", "reader",
                           "creator", "admin", "heat_stack_user", "service"})
    keystone.add_role(role);
  const auto role = [&](const char* name) { return keystone.named("identity/roles", name); };
  for (const char* name : {"admin", "demo", "alt_demo"}) {
    const std::string project = keystone.add_project(name);
    const std::string user = keystone.add_user(name, "secret");
    for (const char* held :
         {"heat_stack_owner", "load-balancer_member", "member", "reader", "creator"})
      keystone.grant(user, project, role(held));
    if (std::string_view(name) == "admin") keystone.grant(user, project, role("admin"));
  }
  const std::string service = keystone.add_project("service");
  const std::string heat = keystone.add_user("heat", "secret");
  keystone.grant(heat, service, role("admin"));
  keystone.grant(heat, service, role("service"));
  keystone.add_service("identity", "keystone", "{base}/identity/v3");
  keystone.add_service("compute", "nova", "{base}/compute/v2.1");
  keystone.add_service("network", "neutron", "{base}/network");
  keystone.add_service("volumev3", "cinder", "{base}/volume/v3/{project}");
  keystone.add_service("block-storage", "cinder", "{base}/volume/v3/{project}");
  keystone.add_service("image", "glance", "{base}/image");
  for (const TwinEndpoint& each : world.options().endpoints)
    keystone.add_service(each.type, each.name, each.url);
}

void seed_network(Keystone& keystone, Neutron& neutron) {
  const auto project = [&](const char* name) { return keystone.named("identity/projects", name); };
  const Caller admin{keystone.named("identity/users", "admin"), project("admin"), {"admin"}};
  const Map& external = neutron.create(
      "networks",
      Map{{"name", "public"}, {"router:external", true}, {"is_default", true}, {"mtu", 1500}},
      admin);
  const std::string public_id = text(external, "id");
  neutron.create("subnets",
                 Map{{"network_id", public_id},
                     {"name", "public-subnet"},
                     {"ip_version", 4},
                     {"cidr", "172.24.0.0/16"},
                     {"gateway_ip", "172.24.0.1"},
                     {"enable_dhcp", false}},
                 admin);
  struct Inner {
    const char *network, *subnet, *router, *cidr;
  };
  const Caller demo{keystone.named("identity/users", "demo"), project("demo"), {"member"}};
  for (const Inner& inner : {Inner{"private", "private-subnet", "router1", "10.0.0.0/24"},
                             Inner{"heat-net", "heat-subnet", "heat-router", "10.0.5.0/24"}}) {
    const std::string network =
        text(neutron.create("networks", Map{{"name", inner.network}}, demo), "id");
    const std::string subnet = text(neutron.create("subnets",
                                                   Map{{"network_id", network},
                                                       {"name", inner.subnet},
                                                       {"ip_version", 4},
                                                       {"cidr", inner.cidr}},
                                                   demo),
                                    "id");
    const std::string router = text(
        neutron.create(
            "routers",
            Map{{"name", inner.router}, {"external_gateway_info", Map{{"network_id", public_id}}}},
            demo),
        "id");
    neutron.add_interface(router, subnet, demo);
  }
}

void seed_compute(Keystone& keystone, Nova& nova, Cinder& cinder, Glance& glance) {
  nova.add_flavor("1", "m1.nano", 64, 1, 1);
  nova.add_flavor("2", "m1.tiny", 512, 1, 1);
  nova.add_flavor("3", "m1.small", 2048, 20, 1);
  nova.add_flavor("4", "m1.medium", 4096, 40, 2);
  nova.add_flavor("5", "m1.large", 8192, 80, 4);
  for (const char* user : {"admin", "demo", "alt_demo"})
    nova.add_key_pair("default", keystone.named("identity/users", user));
  cinder.add_type("__DEFAULT__", "Default Volume Type");
  cinder.add_type("fake", nullptr);
  cinder.add_type("lvmdriver-1", nullptr);
  const std::string admin = keystone.named("identity/projects", "admin");
  glance.add_public("cirros", "raw", admin);
  glance.add_public("cirros-alt", "raw", admin);
  glance.add_public("fedora-coreos", "raw", admin);
}

}  // namespace heat::twin
