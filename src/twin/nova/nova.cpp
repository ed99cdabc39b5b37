#include "twin/nova/nova.h"

#include <algorithm>
#include <charconv>

#include "text/write.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

constexpr int kNewest = 93;

std::string asked_version(const Call& call) {
  const std::string general = call.headers.get("OpenStack-API-Version");
  if (general.starts_with("compute ")) return general.substr(8);
  return call.headers.get("X-OpenStack-Nova-API-Version", "2.1");
}

}  // namespace

int microversion(const Call& call) {
  const std::string text = asked_version(call);
  if (text == "latest") return kNewest;
  int minor = 0;
  const auto begin = text.data() + 2, end = text.data() + text.size();
  if (!text.starts_with("2.") || std::from_chars(begin, end, minor).ptr != end) return -1;
  return minor;
}

Refusal bad(std::string message) { return {400, std::move(message), ""}; }

Refusal missing_member(std::string_view where, const Value& sent, std::string_view member) {
  return bad("Invalid input for field/attribute " + std::string(where) + ". Value: " +
             to_python_str(sent) + ". '" + std::string(member) + "' is a required property");
}

Reply Nova::refuse(const Refusal& refusal, const Call& call) const {
  if (refusal.status == 401) return no_token(refusal.message);
  Reply reply = faultwrapped(refusal);
  if (const int minor = microversion(call); minor >= 0) {
    reply.headers.set("OpenStack-API-Version", "compute 2." + std::to_string(minor));
    reply.headers.set("X-OpenStack-Nova-API-Version", "2." + std::to_string(minor));
  }
  return reply;
}

Reply Nova::serve(const Call& call) {
  const int minor = microversion(call);
  if (minor < 0)
    throw bad("API Version String " + asked_version(call) +
              " is of invalid format. Must be of format MajorNum.MinorNum.");
  const int newest = std::min(world_.options().newest_nova, kNewest);
  if (asked_version(call) == "latest" && newest < kNewest) {
    Call older = call;
    older.headers.set("OpenStack-API-Version", "compute 2." + std::to_string(newest));
    return serve(older);
  }
  if (minor < 1 || minor > newest)
    throw Refusal{406,
                  "Version 2." + std::to_string(minor) +
                      " is not supported by the API. Minimum is 2.1 and maximum is 2." +
                      std::to_string(newest) + ".",
                  ""};
  try {
    Reply reply = route(call);
    if (call.path.empty()) return reply;
    const std::string version = "2." + std::to_string(minor);
    reply.headers.set("OpenStack-API-Version", "compute " + version);
    reply.headers.set("X-OpenStack-Nova-API-Version", version);
    return reply;
  } catch (const NoSuchPath&) {
    return web_error(404, "The resource could not be found.");
  }
}

List Nova::links(std::string_view path) const {
  const std::string base = world_.options().base_url + "/compute/";
  return {Map{{"rel", "self"}, {"href", base + "v2.1/" + std::string(path)}},
          Map{{"rel", "bookmark"}, {"href", base + std::string(path)}}};
}

Reply Nova::route(const Call& call) {
  const std::string base = world_.options().base_url + "/compute/";
  Map version{{"id", "v2.1"},
              {"status", "CURRENT"},
              {"version", "2." + std::to_string(std::min(world_.options().newest_nova, kNewest))},
              {"min_version", "2.1"},
              {"updated", "2013-07-23T11:33:21Z"},
              {"links", List{Map{{"rel", "self"}, {"href", base + "v2.1/"}}}}};
  if (call.path.empty()) {
    const Map old{{"id", "v2.0"},
                  {"status", "SUPPORTED"},
                  {"version", ""},
                  {"min_version", ""},
                  {"updated", "2011-01-21T11:33:21Z"},
                  {"links", List{Map{{"rel", "self"}, {"href", base + "v2/"}}}}};
    return {200, Map{{"versions", List{old, version}}}, {}};
  }
  if (call.part(0) != "v2.1") throw NoSuchPath{};
  if (call.path.size() == 1) {
    version.set("links", List{Map{{"rel", "self"}, {"href", base + "v2.1/"}},
                              Map{{"rel", "describedby"},
                                  {"type", "text/html"},
                                  {"href", "http://docs.openstack.org/"}}});
    version.set("media-types",
                List{Map{{"base", "application/json"},
                         {"type", "application/vnd.openstack.compute+json;version=2.1"}}});
    return {200, Map{{"version", version}}, {}};
  }
  const std::string_view collection = call.part(1);
  if (collection == "servers") return servers(call);
  if (collection == "flavors") return flavors(call);
  if (collection == "os-keypairs") return key_pairs(call);
  if (collection == "os-server-groups") return server_groups(call);
  if (collection == "limits") return limits(call);
  if (collection == "os-quota-sets") return quotas(call);
  if (collection == "extensions" && call.path.size() == 2)
    return {200, Map{{"extensions", List{}}}, {}};
  if (collection == "os-availability-zone")
    return {200,
            Map{{"availabilityZoneInfo", List{Map{{"zoneName", "nova"},
                                                  {"zoneState", Map{{"available", true}}},
                                                  {"hosts", nullptr}}}}},
            {}};
  throw NoSuchPath{};
}

}  // namespace heat::twin
