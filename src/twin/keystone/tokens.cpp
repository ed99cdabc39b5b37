// Who one is, and what that gives one the right to.
#include <algorithm>

#include "twin/keystone/keystone.h"
#include "twin/keystone/refusals.h"
#include "twin/listing.h"

namespace heat::twin {

using namespace keystone;

Reply Keystone::tokens(const Call& call) {
  const std::string subject = call.headers.get("X-Subject-Token");
  if (!caller(subject)) throw Refusal{404, "Could not recognize Fernet token", "Not Found"};
  if (call.method == "DELETE") {
    world_["identity/tokens"].erase(subject);
    return {204, {}, {}};
  }
  if (call.method == "HEAD") return {200, {}, {{"X-Subject-Token", subject}}};
  return {200,
          Map{{"token", token_body(*world_["identity/tokens"].find(subject))}},
          {{"X-Subject-Token", subject}}};
}

std::string Keystone::check_password(const Value& given) {
  const Value& user = given["user"];
  std::string id = user["id"].string_or("");
  if (id.empty()) id = named("identity/users", user["name"].string_or(""));
  const Map* known = world_["identity/passwords"].find(id);
  if (!known || !(get(*known, "password") == user["password"])) throw unauthorized();
  return id;
}

std::string Keystone::check_token(const Value& given, List& methods) {
  const std::string id = given["id"].string_or("");
  if (!caller(id)) throw Refusal{404, "Could not recognize Fernet token", "Not Found"};
  const Map& token = *world_["identity/tokens"].find(id);
  methods = get(token, "methods").as_list();
  if (methods.back() != Value("token")) methods.push_back("token");
  return text(token, "user");
}

const Map* Keystone::check_credential(const Value& given) {
  for (const auto& [order, row] : world_["identity/credentials"].rows()) {
    const bool meant = given["id"].is_string()
                           ? given["id"] == Value(row.id)
                           : given["name"] == get(row.object, "name") &&
                                 (given["user"]["id"] == get(row.object, "user_id") ||
                                  named("identity/users", given["user"]["name"].string_or("")) ==
                                      text(row.object, "user_id"));
    if (meant && get(row.object, "secret") == given["secret"]) return &row.object;
  }
  throw unauthorized();
}

std::vector<std::string> Keystone::roles_of(std::string_view user, std::string_view project) {
  std::vector<std::string> roles;
  for (const auto& [order, row] : world_["identity/grants"].rows())
    if (is(row.object, "user", user) && is(row.object, "project", project))
      roles.push_back(text(row.object, "role"));
  return roles;
}

void Keystone::scope(Map& token, const Value& wanted, std::string_view user) {
  if (const Value* trust_scope = wanted.find("OS-TRUST:trust")) {
    const std::string id = (*trust_scope)["id"].string_or("");
    const Map* trust = world_["identity/trusts"].find(id);
    if (!trust || !is(*trust, "trustee_user_id", user)) throw unauthorized();
    token.set("trust", id);
    if (get(*trust, "impersonation").truthy()) token.set("user", get(*trust, "trustor_user_id"));
    token.set("project", get(*trust, "project_id"));
    token.set("roles", get(*trust, "roles"));
    // A trust gives what its user still has, or nothing.
    const auto held = roles_of(text(*trust, "trustor_user_id"), text(*trust, "project_id"));
    for (const Value& role : get(*trust, "roles").as_list())
      if (std::ranges::find(held, role.as_string()) == held.end())
        throw Refusal{403, "You are not authorized to perform the requested action.", "Forbidden"};
    return;
  }
  const Value& project = wanted["project"];
  std::string id = project["id"].string_or("");
  if (id.empty()) id = named("identity/projects", project["name"].string_or(""));
  List roles;
  for (const std::string& role : roles_of(user, id)) roles.push_back(role);
  if (project.is_map() && roles.empty()) throw unauthorized();
  if (project.is_map()) token.set("project", id);
  token.set("roles", roles);
}

Reply Keystone::issue(const Call& call) {
  const Value& auth = call.body["auth"];
  const Value& identity = auth["identity"];
  if (!identity.is_map() || !identity["methods"].is_list() || identity["methods"].as_list().empty())
    throw Refusal{400, "'identity' is a required property", "Bad Request"};
  const std::string method = identity["methods"][0].string_or("");
  List methods{method};
  const Time expires = world_.now() + world_.options().token_life;
  Map token{{"issued", to_micros(world_.now())}, {"expires", to_micros(expires)}};
  if (method == "application_credential") {
    const Map& credential = *check_credential(identity[method]);
    token.set("credential", get(credential, "id"));
    token.set("user", get(credential, "user_id"));
    token.set("project", get(credential, "project_id"));
    token.set("roles", get(credential, "roles"));
  } else {
    if (method != "password" && method != "token")
      throw Refusal{401, "Attempted to authenticate with an unsupported method.", "Unauthorized"};
    const std::string user = method == "password" ? check_password(identity[method])
                                                  : check_token(identity[method], methods);
    token.set("user", user);
    scope(token, auth["scope"], user);
  }
  token.set("methods", methods);
  const std::string id = "gAAAAA" + world_.hex() + world_.hex();
  const Map& made = world_["identity/tokens"].add(id, std::move(token));
  return {201, Map{{"token", token_body(made)}}, {{"X-Subject-Token", id}}};
}

Value Keystone::token_body(const Map& token) {
  const auto named_object = [&](std::string_view collection, std::string_view id) {
    return Map{{"domain", Map{{"id", "default"}, {"name", "Default"}}},
               {"id", id},
               {"name", get(*world_[collection].find(id), "name")}};
  };
  const auto micros = [](const Value& at) {
    std::string stamp = iso_seconds(from_micros(at.as_int()));
    stamp.insert(stamp.size() - 1, ".000000");
    return stamp;
  };
  Map user = named_object("identity/users", text(token, "user"));
  user.set("password_expires_at", nullptr);
  List audit;
  for (std::size_t i = 0; i < get(token, "methods").as_list().size(); ++i)
    audit.push_back("audit" + std::to_string(get(token, "issued").as_int()));
  Map body{{"methods", get(token, "methods")},
           {"user", user},
           {"audit_ids", audit},
           {"expires_at", micros(get(token, "expires"))},
           {"issued_at", micros(get(token, "issued"))}};
  if (const Map* credential = world_["identity/credentials"].find(text(token, "credential")))
    body.set("application_credential",
             Map{{"id", get(*credential, "id")},
                 {"name", get(*credential, "name")},
                 {"restricted", !get(*credential, "unrestricted").truthy()}});
  const Map* trust = world_["identity/trusts"].find(text(token, "trust"));
  if (trust)
    body.set("OS-TRUST:trust", Map{{"id", get(token, "trust")},
                                   {"trustor_user", Map{{"id", get(*trust, "trustor_user_id")}}},
                                   {"trustee_user", Map{{"id", get(*trust, "trustee_user_id")}}},
                                   {"impersonation", get(*trust, "impersonation")}});
  if (token.contains("project")) {
    const std::string project = text(token, "project");
    body.set("project", named_object("identity/projects", project));
    if (!trust) body.set("is_domain", false);
    body.set("roles", role_list(get(token, "roles"), trust != nullptr));
    body.set("catalog", catalog(project));
  }
  return body;
}

Value Keystone::role_list(const Value& ids, bool whole) {
  List roles;
  for (const Value& id : ids.as_list()) {
    const Map& role = *world_["identity/roles"].find(id.as_string());
    roles.push_back(whole ? role : Map{{"id", id}, {"name", get(role, "name")}});
  }
  return roles;
}

Value Keystone::catalog(std::string_view project) {
  List services;
  for (const auto& [order, service] : world_["identity/services"].rows()) {
    List endpoints;
    for (const auto& [place, endpoint] : world_["identity/endpoints"].rows()) {
      if (!is(endpoint.object, "service_id", service.id)) continue;
      Map shown = endpoint.object;
      shown.erase("service_id");
      shown.erase("enabled");
      std::string url = text(shown, "url");
      for (const auto& [mark, value] :
           {std::pair<std::string_view, std::string_view>{"{project}", project},
            {"{base}", world_.options().base_url}})
        if (const auto at = url.find(mark); at != url.npos) url.replace(at, mark.size(), value);
      shown.set("url", url);
      endpoints.push_back(std::move(shown));
    }
    services.push_back(Map{{"endpoints", endpoints},
                           {"id", service.id},
                           {"type", get(service.object, "type")},
                           {"name", get(service.object, "name")}});
  }
  return services;
}

}  // namespace heat::twin
