#include "twin/cinder/cinder.h"

#include <cstdlib>

#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

std::string block_storage_version(const Call& call) {
  const std::string asked = call.headers.get("OpenStack-API-Version");
  return asked.starts_with("volume ") ? asked : "volume 3.0";
}

Refusal Cinder::not_found(std::string_view word, std::string_view id) {
  return {404, std::string(word) + " " + std::string(id) + " could not be found.", ""};
}

bool Cinder::mine(const Map& object, const Caller& caller) {
  return caller.admin() || is(object, "project_id", caller.project_id);
}

Reply Cinder::refuse(const Refusal& refusal, const Call& call) const {
  if (refusal.status == 401) return no_token(refusal.message);
  Reply reply = faultwrapped(refusal);
  reply.headers.set("OpenStack-API-Version", block_storage_version(call));
  return reply;
}

Reply Cinder::serve(const Call& call) {
  try {
    Reply reply = route(call);
    reply.headers.set("OpenStack-API-Version", block_storage_version(call));
    return reply;
  } catch (const NoSuchPath&) {
    return web_error(404, "The resource could not be found.");
  }
}

Reply Cinder::route(const Call& call) {
  if (call.path.size() <= 1) {
    const std::string self = world_.options().base_url + "/volume/v3/";
    const Map version{
        {"id", "v3.0"},
        {"status", "CURRENT"},
        {"version", "3.70"},
        {"min_version", "3.0"},
        {"updated", "2022-08-31T00:00:00Z"},
        {"links", List{Map{{"rel", "describedby"},
                           {"type", "text/html"},
                           {"href", "https://docs.openstack.org/"}},
                       Map{{"rel", "self"}, {"href", self}}}},
        {"media-types", List{Map{{"base", "application/json"},
                                 {"type", "application/vnd.openstack.volume+json;version=3"}}}}};
    return {call.path.empty() ? 300 : 200, Map{{"versions", List{version}}}, {}};
  }
  if (call.part(0) != "v3") throw NoSuchPath{};
  const std::string_view collection = call.part(2);
  if (collection == "volumes") return volumes(call);
  if (collection == "types") return types(call);
  if (collection == "snapshots") return snapshots(call);
  if (collection == "backups") return backups(call);
  if (collection == "limits") return limits(call);
  if (collection == "os-quota-sets") return quotas(call);
  if (collection == "os-availability-zone")
    return {200,
            Map{{"availabilityZoneInfo",
                 List{Map{{"zoneName", "nova"}, {"zoneState", Map{{"available", true}}}}}}},
            {}};
  if (collection == "extensions") return {200, Map{{"extensions", List{}}}, {}};
  throw NoSuchPath{};
}

Map* Cinder::find(std::string_view id, const Caller& caller) {
  Map* volume = all("volumes").find(id);
  return volume && mine(*volume, caller) ? volume : nullptr;
}

Map& Cinder::need(std::string_view id, const Caller& caller) {
  Map* volume = find(id, caller);
  if (!volume) throw not_found("Volume", id);
  return *volume;
}

List Cinder::links(const Map& object, std::string_view collection) const {
  const std::string base = world_.options().base_url + "/volume/";
  const std::string path =
      text(object, "project_id") + "/" + std::string(collection) + "/" + text(object, "id");
  return {Map{{"rel", "self"}, {"href", base + "v3/" + path}},
          Map{{"rel", "bookmark"}, {"href", base + path}}};
}

Reply Cinder::metadata(Map& object, const Call& call) {
  Map metadata = get(object, "metadata").as_map();
  const std::string key(call.part(5));
  if (call.method == "DELETE") {
    if (!metadata.erase(key)) throw not_found("Metadata key", key);
    object.set("metadata", metadata);
    return {200, {}, {}};
  }
  const Value& sent = call.body["metadata"];
  if (call.method == "PUT") metadata = Map{};
  if (sent.is_map())
    for (const auto& [name, value, kind] : sent.as_map()) metadata.set(name, value);
  object.set("metadata", metadata);
  return {200, Map{{"metadata", metadata}}, {}};
}

}  // namespace heat::twin
