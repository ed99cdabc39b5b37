#include "types/nova/server.h"

#include <algorithm>

#include "base/base64.h"
#include "base/error.h"
#include "net/url.h"
#include "resource/recognise.h"
#include "types/nova/block_devices.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/user_data.h"

namespace heat {

using namespace nova;

namespace {

constexpr const char* kMake = "server";  // the step

std::string server_name(const Resource& resource) {
  const Value& name = resource.property("name");
  return name.truthy() ? name.as_string() : resource.physical_name();
}

/// What a lost try may have made: servers of exactly this name.
Task<std::optional<Value>> find_made(Resource& resource, std::string name) {
  // Nova's filter is a pattern.
  const Value answer = co_await resource.session().send(
      compute("GET", "/servers/detail?" + build_query({{"name", name}})));
  std::vector<Lookalike> alike;
  for (const Value& server : answer["servers"].as_list())
    if (server["name"] == Value(name))
      alike.push_back({server["id"].as_string(), server["created"]});
  const auto intent = name == resource.physical_name() ? std::nullopt : resource.begun(kMake);
  const auto found = co_await only_one(resource, "server", std::move(alike), intent);
  if (found) resource.set_physical_id(found->as_string());
  co_return found;
}

std::string oldest_microversion(const Resource& resource) {
  const Value& devices = resource.property("block_device_mapping_v2");
  if (devices.is_list())
    for (const Value& device : devices.as_list())
      if (device["volume_type"].truthy()) return kVolumeType;
  if (has_interface_tag(resource.property("networks"))) return kInterfaceTags;
  if (has_string_network(resource.property("networks"))) return kStringNetworks;
  return {};
}

Task<Value> post_server(Resource& resource, Value body) {
  const Value answer = co_await resource.session().send(
      compute("POST", "/servers", body, oldest_microversion(resource)));
  resource.set_physical_id(answer["server"]["id"].as_string());
  co_return answer["server"]["id"];
}

Task<bool> active(Resource& resource) {
  const Value server = co_await get_server(resource.session(), resource.physical_id());
  co_return is_active(server, "Server");
}

void refuse_software_config(const Resource& resource) {
  if (resource.property("user_data_format") == Value("SOFTWARE_CONFIG"))
    throw Error(ErrorKind::NotSupported,
                "user_data_format SOFTWARE_CONFIG is not supported; use RAW or HEAT_CFNTOOLS");
}

}  // namespace

Task<std::string> Server::user_data(Resource& resource) {
  const std::string given = resource.property("user_data").string_or("");
  if (resource.property("user_data_format") == Value("RAW")) co_return given;
  CfnAccess access{.metadata_url = settings_.metadata_server_url,
                   .is_secure = settings_.is_secure,
                   .validate_certificates = settings_.validate_certificates};
  if (access.metadata_url.empty() && co_await resource.session().has_service("cloudformation"))
    access.metadata_url = co_await resource.session().endpoint("cloudformation");
  if (access.metadata_url.find("/v1") == std::string::npos) access.metadata_url += "/v1";
  if (!access.metadata_url.ends_with('/')) access.metadata_url += '/';
  co_return cfntools_user_data(given, resource.row().metadata, access);
}

Task<Value> Server::request(Resource& resource, Value networks) {
  Map server{{"name", server_name(resource)},
             {"imageRef", resource.property("image").string_or("")},
             {"flavorRef", resource.property("flavor")},
             {"min_count", 1},
             {"max_count", 1}};
  if (const std::string text = co_await user_data(resource); !text.empty())
    server.set("user_data", base64(text));
  const auto pass = [&](const char* property, const char* member) {
    if (resource.property(property).truthy()) server.set(member, resource.property(property));
  };
  pass("key_name", "key_name");
  pass("config_drive", "config_drive");
  pass("admin_pass", "adminPass");
  pass("availability_zone", "availability_zone");
  pass("diskConfig", "OS-DCF:diskConfig");
  if (resource.property("reservation_id").truthy()) server.set("return_reservation_id", true);
  if (resource.property("metadata").truthy())
    server.set("metadata", metadata_texts(resource.property("metadata")));
  if (const Value& groups = resource.property("security_groups"); groups.truthy()) {
    List names;
    for (const Value& group : groups.as_list()) names.push_back(Map{{"name", group}});
    server.set("security_groups", std::move(names));
  }
  if (const Value& files = resource.property("personality"); files.truthy()) {
    List personality;
    for (const auto& [path, content, kind] : files.as_map())
      personality.push_back(Map{{"path", path}, {"contents", base64(content.string_or(""))}});
    server.set("personality", std::move(personality));
  }
  if (const Value devices = legacy_block_devices(resource.property("block_device_mapping"));
      !devices.is_null())
    server.set("block_device_mapping", devices);
  else if (const Value current = block_devices(resource.property("block_device_mapping_v2"),
                                               resource.property("image"));
           !current.is_null())
    server.set("block_device_mapping_v2", current);
  if (!networks.is_null()) server.set("networks", networks);

  Map body{{"server", std::move(server)}};
  if (resource.property("scheduler_hints").truthy())
    body.set("os:scheduler_hints", resource.property("scheduler_hints"));
  co_return body;
}

Task<> Server::create(Resource& resource) {
  refuse_software_config(resource);
  const Value networks = co_await make_interfaces(resource);
  const Value body = co_await request(resource, networks);
  const std::string name = server_name(resource);
  co_await resource.step(
      kMake, [&] { return find_made(resource, name); }, [&] { return post_server(resource, body); },
      name == resource.physical_name() ? "" : "servers " + name);
  co_await resource.wait([&] { return active(resource); });
  if (const Value& tags = resource.property("tags"); tags.truthy())
    co_await resource.session().send(
        compute("PUT", "/servers/" + resource.physical_id() + "/tags", Map{{"tags", tags}}, kTags));
  co_await note_external_ports(resource);
  co_await resource.save();
}

void Server::validate(const Value& properties, const Path& path, Diagnostics& problems) const {
  if (properties["user_data_format"] == Value("SOFTWARE_CONFIG"))
    problems.add(ErrorKind::NotSupported,
                 "user_data_format SOFTWARE_CONFIG is not supported; use RAW or HEAT_CFNTOOLS",
                 path);
  validate_block_devices(properties, path, problems);
  validate_networks(properties, path, problems);
}

std::string Server::replaces(const ResourceType&, const Value& before, const Value& after,
                             const PropertyChanges& changes) const {
  const auto policy = [&](const char* property) {
    return after[property].truthy() ? after[property].as_string() : before[property].string_or("");
  };
  for (const auto& [property, policy_property] :
       {std::pair{"flavor", "flavor_update_policy"}, std::pair{"image", "image_update_policy"},
        std::pair{"user_data", "user_data_update_policy"}})
    if (changes.contains(property) && policy(policy_property) == "REPLACE")
      return std::string(property) + " changes, and " + policy_property + " is REPLACE";
  return "";
}

Neighbours Server::depends(const Sibling& self, const Siblings& all) const {
  // Which subnet gives the address is not known before: all subnets of a server's networks come
  // first, and where a network is not known, every subnet.
  const auto either = [](const auto& properties, const char* now, const char* before) {
    return properties[now].truthy() ? properties[now] : properties[before];
  };
  const Value& interfaces = self.properties["networks"];
  if (!interfaces.truthy() || !interfaces.is_list()) return {};
  List networks;
  for (const Value& interface : interfaces.as_list())
    networks.push_back(either(interface, "network", "uuid"));
  Neighbours first;
  for (const Sibling* subnet : all.of_type("OS::Neutron::Subnet")) {
    const Value theirs = either(subnet->properties, "network", "network_id");
    if (std::ranges::any_of(networks, [&theirs](const Value& ours) {
          return !theirs.truthy() || !ours.truthy() || ours == theirs;
        }))
      first.push_back(subnet);
  }
  return first;
}

}  // namespace heat
