#include "base/error.h"
#include "net/url.h"
#include "resource/rest/rest_behaviour.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

class Router : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override {
    RestBehaviour::validate(properties, path, problems);
    const Value& agents = properties["l3_agent_ids"];
    if (!properties["ha"].truthy() && agents.is_list() && agents.as_list().size() > 1)
      problems.add(ErrorKind::StackValidationFailed,
                   "Non HA routers can only have one L3 agent: name one, or set ha to true.", path);
  }
};

class RouterInterface : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

 private:
  Task<Map> create_body(Resource& resource) override {
    Map body;
    if (const Value& subnet = resource.property("subnet"); subnet.truthy())
      body.set("subnet_id", subnet);
    else
      body.set("port_id", resource.property("port"));
    co_return body;
  }

  /// "router:subnet_id=…" or "router:port_id=…", as the original has it.
  std::string physical_id(const Resource& resource, const Value&) const override {
    const Value& subnet = resource.property("subnet");
    return resource.property("router").as_string() +
           (subnet.truthy() ? ":subnet_id=" + subnet.as_string()
                            : ":port_id=" + resource.property("port").as_string());
  }

  /// The leg itself: only where we meant to make it, since another resource may have made the same.
  Task<std::optional<Value>> recognise(Resource& resource) override {
    if (!resource.begun("create") || !co_await attached(resource)) co_return std::nullopt;
    resource.set_physical_id(physical_id(resource, {}));
    co_return resource.physical_id();
  }

  Task<bool> attached(Resource& resource) {
    Query query{{"device_id", resource.property("router").as_string()}, {"fields", "id"}};
    if (const Value& subnet = resource.property("subnet"); subnet.truthy())
      query.emplace_back("fixed_ips", "subnet_id=" + subnet.as_string());
    else
      query.emplace_back("id", resource.property("port").as_string());
    CloudRequest list;
    list.service = "network";
    list.path = "/v2.0/ports?" + build_query(query);
    const Value answer = co_await resource.session().send(std::move(list));
    co_return answer["ports"].truthy();
  }

  CloudRequest removal(const Resource& resource) const override {
    const std::string& id = resource.physical_id();
    const std::size_t colon = id.find(':'), equals = id.find('=');
    if (colon == std::string::npos || equals == std::string::npos)
      throw Error(ErrorKind::Invalid, "The physical id " + id + " names no router interface.");
    CloudRequest call;
    call.service = "network";
    call.method = "PUT";
    call.path = "/v2.0/routers/" + id.substr(0, colon) + "/remove_router_interface";
    call.body = Map{{id.substr(colon + 1, equals - colon - 1), id.substr(equals + 1)}};
    return call;
  }
};

class RouterGateway : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

 private:
  /// The gateway itself, where we meant to set it.
  Task<std::optional<Value>> recognise(Resource& resource) override {
    if (!resource.begun("create")) co_return std::nullopt;
    const auto answer = co_await resource.session().find(
        request({.method = "GET", .path = "/v2.0/routers/{router_id}", .body = {}},
                placeholders(resource)));
    if (!answer ||
        (*answer)["router"]["external_gateway_info"]["network_id"] != resource.property("network"))
      co_return std::nullopt;
    resource.set_physical_id(physical_id(resource, {}));
    co_return resource.physical_id();
  }
};

}  // namespace

std::shared_ptr<Behaviour> router(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<Router>(file, type);
}

std::shared_ptr<Behaviour> router_gateway(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<RouterGateway>(file, type);
}

std::shared_ptr<Behaviour> router_interface(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<RouterInterface>(file, type);
}

}  // namespace heat::neutron
