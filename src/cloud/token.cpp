#include "cloud/token.h"

#include "base/error.h"

namespace heat {

Token read_token(std::string id, const Value& body) {
  const auto& facts = body["token"];
  const auto expires = parse_iso(facts["expires_at"].string_or(""));
  if (id.empty() || !facts["user"]["id"].is_string() || !expires) {
    throw Error(ErrorKind::AuthorizationFailure,
                "The identity service's answer holds no token. Check that auth_url is Keystone's.");
  }
  const auto text = [](const Value& value) { return value.string_or(""); };
  const auto& user = facts["user"];
  const auto& project = facts["project"];
  Token token;
  token.id = std::move(id);
  token.expires_at = *expires;
  token.user_id = text(user["id"]);
  token.user_name = text(user["name"]);
  token.user_domain_id = text(user["domain"]["id"]);
  token.user_domain_name = text(user["domain"]["name"]);
  token.project_id = text(project["id"]);
  token.project_name = text(project["name"]);
  token.project_domain_id = text(project["domain"]["id"]);
  token.project_domain_name = text(project["domain"]["name"]);
  token.is_admin_project = facts["is_admin_project"] != Value(false);
  token.trust_id = text(facts["OS-TRUST:trust"]["id"]);
  if (facts["roles"].is_list()) {
    for (const auto& role : facts["roles"].as_list()) {
      token.roles.push_back({text(role["id"]), text(role["name"])});
    }
  }
  token.catalogue = Catalogue(facts["catalog"]);
  return token;
}

}  // namespace heat
