#include "sim/crash/lives.h"

#include <fstream>
#include <iterator>

#include "text/document.h"
#include "text/write.h"

namespace heat {

namespace {

/// What stands beside the resources of each life.
Map surroundings() {
  return Document::read(R"(
net: {type: OS::Neutron::Net}
subnet:
  type: OS::Neutron::Subnet
  properties: {network: {get_resource: net}, cidr: 10.9.0.0/24}
router:
  type: OS::Neutron::Router
  properties: {external_gateway_info: {network: public}, tags: [a, b]}
leg:
  type: OS::Neutron::RouterInterface
  properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
)",
                        "surroundings")
      .root()
      .as_map();
}

/// `over` in place of what has the same name in `under`.
Map overlaid(Map under, const Map& over) {
  for (const auto& [name, resource, kind] : over) under.set(name, resource);
  return under;
}

}  // namespace

std::vector<Life> lives() {
  std::ifstream in(HEAT_LIVES);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const Document document = Document::read(text, HEAT_LIVES);
  std::vector<Life> lives;
  for (const auto& [name, told, kind] : document.root().as_map()) {
    Life life{name, overlaid(surroundings(), told["resources"].as_map()), {}};
    if (told["changed"].is_map()) life.changed = overlaid(life.resources, told["changed"].as_map());
    if (told["returns"].is_bool()) life.returns = told["returns"].as_bool();
    lives.push_back(std::move(life));
  }
  return lives;
}

std::string template_of(const Map& resources) {
  return to_json(Map{{"heat_template_version", "2021-04-16"}, {"resources", resources}});
}

std::string failing_template_of(Map resources) {
  List others;
  for (const auto& [name, resource, kind] : resources) others.push_back(name);
  resources.set("broken", Map{{"type", "OS::Heat::TestResource"},
                              {"depends_on", std::move(others)},
                              {"properties", Map{{"fail", true}}}});
  return template_of(resources);
}

}  // namespace heat
