// What Keystone keeps besides tokens: trusts, application credentials, users, projects, roles …
#include "twin/keystone/keystone.h"
#include "twin/keystone/refusals.h"
#include "twin/listing.h"

namespace heat::twin {

using namespace keystone;

namespace {

/// The collections that are shown as they are.
struct Plain {
  std::string_view plural, singular;
  bool for_all;  ///< not only administrators may read it
};
constexpr Plain kPlain[] = {
    {"users", "user", false},     {"projects", "project", false}, {"roles", "role", false},
    {"domains", "domain", false}, {"services", "service", false}, {"endpoints", "endpoint", false},
    {"regions", "region", true},
};

Map linked(Map object, std::string self) {
  object.set("links", Map{{"self", std::move(self)}});
  return object;
}

}  // namespace

Value Keystone::list(std::string_view name, List shown, const Call& call) const {
  const std::string query = call.query.str().empty() ? "" : "?" + call.query.str();
  const std::string self = world_.options().base_url + "/identity" + call.target + query;
  return Map{{name, std::move(shown)},
             {"links", Map{{"next", nullptr}, {"self", self}, {"previous", nullptr}}}};
}

Map Keystone::shown_trust(const Map& trust, bool with_roles) {
  const std::string id = text(trust, "id");
  Map shown = linked(trust, url("/OS-TRUST/trusts/" + id));
  shown.erase("roles");
  if (!with_roles) return shown;
  List roles;
  const Value held = role_list(get(trust, "roles"), true);
  for (const Value& role : held.as_list())
    roles.push_back(linked(role.as_map(), url("/roles/" + role["id"].as_string())));
  shown.set("roles", roles);
  shown.set("roles_links", Map{{"self", url("/" + id + "/roles")},  // as Keystone has it
                               {"next", nullptr},
                               {"previous", nullptr}});
  return shown;
}

Reply Keystone::make_trust(const Call& call) {
  const Value& wanted = call.body["trust"];
  for (const char* member : {"trustor_user_id", "trustee_user_id", "impersonation"})
    if (!wanted.find(member)) throw missing(member);
  if (wanted["trustor_user_id"] != Value(call.caller.user_id)) throw forbidden("create_trust");
  const auto held = roles_of(call.caller.user_id, wanted["project_id"].string_or(""));
  List roles;
  for (const Value& role : wanted["roles"].is_list() ? wanted["roles"].as_list() : List{}) {
    const std::string name = role["name"].string_or("");
    const std::string id = role["id"].string_or(named("identity/roles", name));
    if (id.empty()) throw Refusal{404, "Role " + name + " is not defined", "Not Found"};
    if (std::find(held.begin(), held.end(), id) == held.end()) throw not_found("role", id);
    roles.push_back(id);
  }
  if (roles.empty()) throw Refusal{403, "At least one role should be specified.", "Forbidden"};
  const std::string id = world_.hex();
  Map trust = wanted.as_map();  // with the members that Keystone doesn't know
  trust.erase("allow_redelegation");
  trust.set("id", id);
  for (const char* member : {"trustor_user_id", "trustee_user_id", "project_id", "impersonation",
                             "expires_at", "remaining_uses"})
    trust.set(member, wanted[member]);
  trust.set("deleted_at", nullptr);
  trust.set("redelegated_trust_id", nullptr);
  trust.set("redelegation_count", wanted["allow_redelegation"].truthy() ? 3 : 0);
  trust.set("roles", roles);
  return {201, Map{{"trust", shown_trust(world_["identity/trusts"].add(id, trust), true)}}, {}};
}

Reply Keystone::trusts(const Call& call) {
  Objects& known = world_["identity/trusts"];
  const std::string id(call.part(3));
  if (call.method == "POST") return make_trust(call);
  if (id.empty()) {
    List shown;
    for (const auto& [order, row] : known.rows())
      if (matches(row.object, call.query)) shown.push_back(shown_trust(row.object, false));
    return {200, list("trusts", shown, call), {}};
  }
  const Map* trust = known.find(id);
  if (!trust) throw not_found("trust", id);
  const bool deletes = call.method == "DELETE";
  const bool trustor = is(*trust, "trustor_user_id", call.caller.user_id);
  const bool trustee = is(*trust, "trustee_user_id", call.caller.user_id);
  if (!call.caller.admin() && !trustor && (deletes || !trustee))
    throw forbidden(deletes ? "delete_trust" : "get_trust");
  if (call.method == "GET") return {200, Map{{"trust", shown_trust(*trust, true)}}, {}};
  if (!deletes) throw Refusal{405, "Method Not Allowed", "Method Not Allowed"};
  known.erase(id);
  return {204, {}, {}};
}

Map Keystone::shown_credential(const Map& credential) {
  Map shown = linked(credential, url("/application_credentials/" + text(credential, "id")));
  shown.erase("secret");
  shown.set("roles", role_list(get(credential, "roles"), true));
  return shown;
}

Reply Keystone::credentials(const Call& call) {
  Objects& known = world_["identity/credentials"];
  const std::string user(call.part(2)), id(call.part(4));
  if (user != call.caller.user_id && !call.caller.admin())
    throw forbidden("application_credentials");
  if (call.method == "POST") {
    const Value& wanted = call.body["application_credential"];
    if (!wanted["name"].is_string()) throw missing("name");
    for (const auto& [order, row] : known.rows())
      if (is(row.object, "user_id", user) && get(row.object, "name") == wanted["name"])
        throw Refusal{409,
                      "Conflict occurred attempting to store application_credential - Duplicate "
                      "entry found with name " +
                          wanted["name"].as_string() + ".",
                      "Conflict"};
    const std::string made = world_.hex();
    List roles;
    for (const std::string& role : roles_of(user, call.caller.project_id)) roles.push_back(role);
    const Value secret = wanted["secret"].is_null() ? Value(world_.hex()) : wanted["secret"];
    Map shown = shown_credential(known.add(made, Map{{"id", made},
                                                     {"name", wanted["name"]},
                                                     {"description", wanted["description"]},
                                                     {"user_id", user},
                                                     {"project_id", call.caller.project_id},
                                                     {"system", nullptr},
                                                     {"expires_at", wanted["expires_at"]},
                                                     {"unrestricted", wanted["unrestricted"]},
                                                     {"roles", roles},
                                                     {"secret", secret}}));
    shown.set("secret", secret);
    return {201, Map{{"application_credential", shown}}, {}};
  }
  if (id.empty()) {
    List shown;
    for (const auto& [order, row] : known.rows())
      if (is(row.object, "user_id", user) && matches(row.object, call.query))
        shown.push_back(shown_credential(row.object));
    return {200, list("application_credentials", shown, call), {}};
  }
  const Map* credential = known.find(id);
  if (!credential) throw not_found("Application Credential", id);
  if (call.method != "DELETE")
    return {200, Map{{"application_credential", shown_credential(*credential)}}, {}};
  known.erase(id);
  return {204, {}, {}};
}

Reply Keystone::own_projects(const Call& call, std::string_view user) {
  List shown;
  for (const auto& [order, row] : world_["identity/projects"].rows())
    if (!roles_of(user, row.id).empty())
      shown.push_back(linked(row.object, url("/projects/" + row.id)));
  return {200, list("projects", shown, call), {}};
}

Reply Keystone::plain(const Call& call) {
  const std::string_view collection = call.part(1), id = call.part(2);
  if (collection == "auth" && id == "catalog")
    return {200,
            Map{{"catalog", catalog(call.caller.project_id)},
                {"links", Map{{"self", url("/auth/catalog")}}}},
            {}};
  if (collection == "auth" && id == "projects") return own_projects(call, call.caller.user_id);
  if (collection == "users" && call.part(3) == "projects" && id == call.caller.user_id)
    return own_projects(call, id);
  const auto kind = std::find_if(std::begin(kPlain), std::end(kPlain),
                                 [&](const Plain& each) { return each.plural == collection; });
  if (kind == std::end(kPlain) || call.path.size() > 3)
    throw Refusal{404, "The requested URL was not found on the server.", "Not Found"};
  if (call.method != "GET" && call.method != "HEAD")
    throw Refusal{501, "The simulated cloud's users, projects, roles and services are fixed.",
                  "Not Implemented"};
  const std::string base = url("/" + std::string(kind->plural) + "/");
  Objects& known = world_["identity/" + std::string(kind->plural)];
  const bool own = id == call.caller.user_id || id == call.caller.project_id;
  if (!call.caller.admin() && !kind->for_all && !own)
    throw forbidden(
        (id.empty() ? "list_" + std::string(kind->plural) : "get_" + std::string(kind->singular)));
  if (id.empty()) {
    List shown;
    for (const auto& [order, row] : known.rows())
      if (matches(row.object, call.query)) shown.push_back(linked(row.object, base + row.id));
    return {200, list(kind->plural, shown, call), {}};
  }
  const Map* object = known.find(id);
  if (!object) throw not_found(kind->singular, id);
  return {200, Map{{kind->singular, linked(*object, base + std::string(id))}}, {}};
}

}  // namespace heat::twin
