#include "twin/keystone/keystone.h"

#include "twin/keystone/refusals.h"

namespace heat::twin {

using namespace keystone;

namespace {

constexpr std::string_view kVersionTime = "2020-04-07T00:00:00Z";

}  // namespace

bool Keystone::open(const Call& call) const {
  if (call.path.size() <= 1) return true;
  return call.target == "/v3/auth/tokens" && call.method == "POST";
}

Reply Keystone::refuse(const Refusal& refusal, const Call&) const {
  return {
      refusal.status,
      Map{{"error",
           Map{{"code", refusal.status}, {"message", refusal.message}, {"title", refusal.kind}}}},
      {}};
}

std::string Keystone::url(std::string_view path) const {
  return world_.options().base_url + "/identity/v3" + std::string(path);
}

std::string Keystone::named(std::string_view collection, std::string_view name) {
  for (const auto& [order, row] : world_[collection].rows())
    if (is(row.object, "name", name)) return row.id;
  return {};
}

std::string Keystone::add_project(std::string name) {
  const std::string id = world_.hex();
  world_["identity/projects"].add(id, Map{{"id", id},
                                          {"name", std::move(name)},
                                          {"domain_id", "default"},
                                          {"description", ""},
                                          {"enabled", true},
                                          {"parent_id", "default"},
                                          {"is_domain", false},
                                          {"tags", List{}},
                                          {"options", Map{}}});
  return id;
}

std::string Keystone::add_user(std::string name, std::string password) {
  const std::string id = world_.hex();
  world_["identity/users"].add(id, Map{{"id", id},
                                       {"name", std::move(name)},
                                       {"domain_id", "default"},
                                       {"enabled", true},
                                       {"password_expires_at", nullptr},
                                       {"options", Map{}}});
  world_["identity/passwords"].add(id, Map{{"password", std::move(password)}});
  return id;
}

std::string Keystone::add_role(std::string name) {
  const std::string id = world_.hex();
  const bool fixed = name == "admin" || name == "member" || name == "reader";
  world_["identity/roles"].add(
      id, Map{{"id", id},
              {"name", std::move(name)},
              {"domain_id", nullptr},
              {"description", nullptr},
              {"options", fixed ? Value(Map{{"immutable", true}}) : Value(Map{})}});
  return id;
}

void Keystone::add_service(std::string type, std::string name, std::string url) {
  const std::string id = world_.hex();
  for (const char* interface : {"public", "internal", "admin"}) {
    const std::string endpoint = world_.hex();
    world_["identity/endpoints"].add(endpoint, Map{{"id", endpoint},
                                                   {"interface", interface},
                                                   {"region_id", world_.options().region},
                                                   {"region", world_.options().region},
                                                   {"service_id", id},
                                                   {"url", url},
                                                   {"enabled", true}});
  }
  world_["identity/services"].add(
      id, Map{{"name", std::move(name)}, {"id", id}, {"type", std::move(type)}, {"enabled", true}});
}

std::optional<Caller> Keystone::caller(std::string_view id) {
  const Map* token = world_["identity/tokens"].find(id);
  if (!token || get(*token, "expires").as_int() <= to_micros(world_.now())) return std::nullopt;
  const std::string trust = text(*token, "trust");
  if (!trust.empty() && !world_["identity/trusts"].find(trust)) return std::nullopt;
  Caller caller{text(*token, "user"), text(*token, "project"), {}};
  for (const Value& role : get(*token, "roles").as_list())
    caller.roles.push_back(text(*world_["identity/roles"].find(role.as_string()), "name"));
  return caller;
}

Reply Keystone::serve(const Call& call) {
  if (call.path.empty() || (call.path.size() == 1 && call.part(0) == "v3")) {
    const Map version{
        {"id", "v3.14"},
        {"status", "stable"},
        {"updated", kVersionTime},
        {"links", List{Map{{"rel", "self"}, {"href", url("/")}}}},
        {"media-types", List{Map{{"base", "application/json"},
                                 {"type", "application/vnd.openstack.identity-v3+json"}}}}};
    if (!call.path.empty()) return {200, Map{{"version", version}}, {}};
    return {300, Map{{"versions", Map{{"values", List{version}}}}}, {{"Location", url("/")}}};
  }
  if (call.part(1) == "auth" && call.part(2) == "tokens")
    return call.method == "POST" ? issue(call) : tokens(call);
  if (call.part(1) == "OS-TRUST" && call.part(2) == "trusts") return trusts(call);
  if (call.part(1) == "users" && call.part(3) == "application_credentials")
    return credentials(call);
  if (call.part(1) == "role_assignments") return assignments(call);
  if (call.part(1) == "projects" && call.part(3) == "users" && call.part(5) == "roles")
    return grants(call);
  return plain(call);
}

}  // namespace heat::twin
