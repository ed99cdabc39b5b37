#include "twin/nova.h"

#include <openssl/evp.h>

#include <charconv>

#include "base/base64.h"
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

/// Fingerprints are MD5 over the key's bytes, as ssh-keygen shows them.
std::string fingerprint(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  EVP_Q_digest(nullptr, "MD5", nullptr, bytes.data(), bytes.size(), digest, &size);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kDigits[digest[i] / 16];
    text += kDigits[digest[i] % 16];
  }
  return text;
}

/// The bytes of "ssh-rsa AAAA… comment", or nothing where that is no public key.
std::optional<std::string> key_bytes(std::string_view key) {
  const std::size_t blank = key.find(' ');
  if (blank == key.npos) return std::nullopt;
  const std::string_view kind = key.substr(0, blank);
  std::string_view rest = key.substr(blank + 1);
  const auto bytes = from_base64(rest.substr(0, rest.find_first_of(" \n")));
  if (!bytes || bytes->size() < kind.size() + 4 || bytes->compare(4, kind.size(), kind) != 0)
    return std::nullopt;
  return bytes;
}

/// A key that looks like one; nothing can be opened with it.
std::string made_key(World& world) {
  std::string bytes("\0\0\0\7ssh-rsa\0\0\0\3\1\0\1", 18);
  for (int i = 0; i < 8; ++i) bytes += world.hex();
  return "ssh-rsa " + base64(bytes) + " Generated-by-Nova";
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
  if (minor < 1 || minor > kNewest)
    throw Refusal{406,
                  "Version 2." + std::to_string(minor) +
                      " is not supported by the API. Minimum is 2.1 and maximum is 2.93.",
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
              {"version", "2.93"},
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

void Nova::add_flavor(std::string id, std::string name, int ram, int disk, int vcpus) {
  all("flavors").add(id, Map{{"id", id},
                             {"name", std::move(name)},
                             {"ram", ram},
                             {"disk", disk},
                             {"swap", 0},
                             {"OS-FLV-EXT-DATA:ephemeral", 0},
                             {"OS-FLV-DISABLED:disabled", false},
                             {"vcpus", vcpus},
                             {"os-flavor-access:is_public", true},
                             {"rxtx_factor", 1.0},
                             {"description", nullptr},
                             {"extra_specs", Map{}}});
}

Map Nova::shown_flavor(const Map& flavor, const Call& call, bool detail) const {
  const int minor = microversion(call);
  Map view;
  for (const auto& [name, value, kind] : flavor) {
    const bool brief = name == "id" || name == "name" || name == "description";
    if ((name == "description" && minor < 55) || (name == "extra_specs" && minor < 61)) continue;
    if (detail || brief) view.set(name, value);
  }
  if (detail && minor < 75 && get(flavor, "swap") == Value(0)) view.set("swap", "");
  view.set("links", links("flavors/" + text(flavor, "id")));
  return view;
}

Reply Nova::flavors(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  const std::string_view id = call.part(2);
  if (id.empty() || id == "detail") {
    std::vector<Map> rows;
    for (const auto& [order, row] : all("flavors").rows()) rows.push_back(row.object);
    sort_rows(rows, call.query);
    Page page = page_of(std::move(rows), call.query);
    List list;
    for (const Map& flavor : page.rows) list.push_back(shown_flavor(flavor, call, !id.empty()));
    Map body{{"flavors", list}};
    if (page.more)
      body.set("flavors_links",
               List{Map{{"rel", "next"},
                        {"href", world_.options().base_url + "/compute" + call.target +
                                     "?limit=" + call.query.get("limit") +
                                     "&marker=" + text(page.rows.back(), "id")}}});
    return {200, body, {}};
  }
  const Map* flavor = all("flavors").find(id);
  if (!flavor) throw Refusal{404, "Flavor " + std::string(id) + " could not be found.", ""};
  if (call.part(3) == "os-extra_specs")
    return {200, Map{{"extra_specs", get(*flavor, "extra_specs")}}, {}};
  return {200, Map{{"flavor", shown_flavor(*flavor, call, true)}}, {}};
}

void Nova::add_key_pair(std::string name, std::string_view user) {
  const std::string key = made_key(world_);
  all("keypairs")
      .add(std::string(user) + "/" + name, Map{{"name", name},
                                               {"public_key", key},
                                               {"fingerprint", fingerprint(*key_bytes(key))},
                                               {"user_id", user},
                                               {"created_at", world_.iso()},
                                               {"deleted", false},
                                               {"deleted_at", nullptr},
                                               {"id", 1},
                                               {"updated_at", nullptr},
                                               {"type", "ssh"}});
}

Reply Nova::key_pairs(const Call& call) {
  const int minor = microversion(call);
  const std::string& user = call.caller.user_id;
  Objects& known = all("keypairs");
  if (call.method == "POST") {
    const Value& wanted = call.body["keypair"];
    const Value& given = wanted["public_key"];
    if (!wanted["name"].is_string()) throw missing_member("keypair", wanted, "name");
    if (minor >= 92 && given.is_null()) throw missing_member("keypair", wanted, "public_key");
    if (given.is_string() && !key_bytes(given.as_string()))
      throw bad("Keypair data is invalid: failed to generate fingerprint");
    const std::string name = wanted["name"].as_string(), id = user + "/" + name;
    if (known.find(id)) throw Refusal{409, "Key pair '" + name + "' already exists.", ""};
    add_key_pair(name, user);
    Map& made = *known.find(id);
    made.set("id", static_cast<std::int64_t>(known.size()));
    if (given.is_string()) {
      made.set("public_key", given);
      made.set("fingerprint", fingerprint(*key_bytes(given.as_string())));
    }
    Map view;
    for (const char* member : {"name", "public_key", "fingerprint", "user_id"})
      view.set(member, get(made, member));
    if (minor >= 2) view.set("type", "ssh");
    if (given.is_null())
      view.set("private_key", "-----BEGIN RSA PRIVATE KEY-----\n" + base64(world_.hex()) +
                                  "\n-----END RSA PRIVATE KEY-----\n");
    return {minor >= 2 ? 201 : 200, Map{{"keypair", view}}, {}};
  }
  if (call.path.size() == 2) {
    List list;
    for (const auto& [order, row] : known.rows()) {
      if (!is(row.object, "user_id", user)) continue;
      Map view;
      for (const char* member : {"name", "public_key", "fingerprint"})
        view.set(member, get(row.object, member));
      if (minor >= 2) view.set("type", "ssh");
      list.push_back(Map{{"keypair", view}});
    }
    return {200, Map{{"keypairs", list}}, {}};
  }
  const std::string name(call.part(2)), id = user + "/" + name;
  const Map* pair = known.find(id);
  if (!pair) throw Refusal{404, "Keypair " + name + " not found for user " + user, ""};
  if (call.method == "DELETE") {
    known.erase(id);
    return {minor >= 2 ? 204 : 202, {}, {}};
  }
  Map view = *pair;
  if (minor < 2) view.erase("type");
  return {200, Map{{"keypair", view}}, {}};
}

Reply Nova::server_groups(const Call& call) {
  const int minor = microversion(call);
  Objects& known = all("server-groups");
  const auto view = [&](const Map& group) {
    Map shown{{"id", get(group, "id")}, {"name", get(group, "name")}};
    if (minor >= 64) {
      shown.set("policy", get(group, "policy"));
      shown.set("rules", get(group, "rules"));
    } else {
      shown.set("policies", List{get(group, "policy")});
      shown.set("metadata", Map{});
    }
    List members;
    for (const auto& [order, row] : all("servers").rows())
      if (get(row.object, "group") == get(group, "id")) members.push_back(row.id);
    shown.set("members", members);
    if (minor >= 13) {
      shown.set("project_id", get(group, "project_id"));
      shown.set("user_id", get(group, "user_id"));
    }
    return shown;
  };
  if (call.method == "POST") {
    const Value& wanted = call.body["server_group"];
    const Value& policy = minor >= 64 ? wanted["policy"] : wanted["policies"][0];
    if (!wanted["name"].is_string()) throw missing_member("server_group", wanted, "name");
    if (!policy.is_string())
      throw missing_member("server_group", wanted, minor >= 64 ? "policy" : "policies");
    const std::string id = world_.uuid();
    return {200,
            Map{{"server_group",
                 view(known.add(
                     id, Map{{"id", id},
                             {"name", wanted["name"]},
                             {"policy", policy},
                             {"rules", wanted["rules"].is_map() ? wanted["rules"] : Value(Map{})},
                             {"project_id", call.caller.project_id},
                             {"user_id", call.caller.user_id}}))}},
            {}};
  }
  const std::string id(call.part(2));
  if (id.empty()) {
    List list;
    for (const auto& [order, row] : known.rows())
      if (is(row.object, "project_id", call.caller.project_id)) list.push_back(view(row.object));
    return {200, Map{{"server_groups", list}}, {}};
  }
  const Map* group = known.find(id);
  if (!group || (!is(*group, "project_id", call.caller.project_id) && !call.caller.admin()))
    throw Refusal{404, "Instance group " + id + " could not be found.", ""};
  if (call.method != "DELETE") return {200, Map{{"server_group", view(*group)}}, {}};
  known.erase(id);
  return {204, {}, {}};
}

Reply Nova::limits(const Call& call) {
  std::int64_t servers = 0, ram = 0, cores = 0, groups = 0;
  for (const auto& [order, row] : all("servers").rows()) {
    if (!is(row.object, "tenant_id", call.caller.project_id)) continue;
    ++servers;
    ram += get(row.object, "flavor")["ram"].as_int();
    cores += get(row.object, "flavor")["vcpus"].as_int();
  }
  for (const auto& [order, row] : all("server-groups").rows())
    groups += is(row.object, "project_id", call.caller.project_id);
  Map absolute;
  for (const char* name : {"maxTotalInstances", "maxTotalCores", "maxTotalRAMSize", "maxServerMeta",
                           "maxTotalKeypairs", "maxServerGroups", "maxServerGroupMembers"})
    absolute.set(name, -1);
  absolute.set("totalRAMUsed", ram);
  absolute.set("totalCoresUsed", cores);
  absolute.set("totalInstancesUsed", servers);
  absolute.set("totalServerGroupsUsed", groups);
  return {200, Map{{"limits", Map{{"rate", List{}}, {"absolute", absolute}}}}, {}};
}

Reply Nova::quotas(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  Map quota{{"id", call.part(2)}};
  for (const char* name : {"instances", "cores", "ram", "metadata_items", "key_pairs",
                           "server_groups", "server_group_members"})
    quota.set(name, -1);
  return {200, Map{{"quota_set", quota}}, {}};
}

}  // namespace heat::twin
