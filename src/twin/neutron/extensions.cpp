#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

constexpr std::string_view kExtensions[] = {"address-scope",
                                            "allowed-address-pairs",
                                            "availability_zone",
                                            "binding",
                                            "default-subnetpools",
                                            "dns-integration",
                                            "external-net",
                                            "extra_dhcp_opt",
                                            "extraroute",
                                            "ext-gw-mode",
                                            "floatingip-pools",
                                            "net-mtu",
                                            "net-mtu-writable",
                                            "network_availability_zone",
                                            "pagination",
                                            "port-security",
                                            "project-id",
                                            "provider",
                                            "qos",
                                            "quotas",
                                            "rbac-policies",
                                            "router",
                                            "router_availability_zone",
                                            "security-group",
                                            "sorting",
                                            "standard-attr-description",
                                            "standard-attr-revisions",
                                            "standard-attr-tag",
                                            "standard-attr-timestamp",
                                            "stateful-security-group",
                                            "subnet-service-types"};

}  // namespace

Reply Neutron::extensions(const Call& call) {
  List all;
  for (const std::string_view alias : kExtensions) {
    const Map extension{{"name", alias},
                        {"alias", alias},
                        {"description", "The " + std::string(alias) + " extension."},
                        {"updated", "2020-01-01T00:00:00-00:00"},
                        {"links", List{}}};
    if (call.part(2) == alias) return {200, Map{{"extension", extension}}, {}};
    all.push_back(extension);
  }
  if (call.path.size() > 2)
    throw Refusal{404, "Extension with alias " + std::string(call.part(2)) + " does not exist",
                  "HTTPNotFound"};
  return {200, Map{{"extensions", all}}, {}};
}

}  // namespace heat::twin
