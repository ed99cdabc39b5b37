#include "cloud/trust.h"

#include "net/url.h"

namespace heat {

namespace {

CloudRequest identity(std::string method, std::string path, Value body = {}) {
  CloudRequest request;
  request.service = "identity";
  request.method = std::move(method);
  request.path = std::move(path);
  request.body = std::move(body);
  return request;
}

}  // namespace

Task<std::string> create_trust(Session& trustor, std::string trustee_user_id,
                               std::vector<Role> roles, bool allow_redelegation) {
  List given;
  std::string names;
  for (const auto& role : roles) {
    given.push_back(role.id.empty() ? Map{{"name", role.name}} : Map{{"id", role.id}});
    names += (names.empty() ? "" : ", ") + (role.name.empty() ? role.id : role.name);
  }
  auto request = identity("POST", "/OS-TRUST/trusts",
                          Map{{"trust", Map{{"trustor_user_id", trustor.user_id()},
                                            {"trustee_user_id", trustee_user_id},
                                            {"project_id", trustor.project_id()},
                                            {"impersonation", true},
                                            {"allow_redelegation", allow_redelegation},
                                            {"roles", std::move(given)}}}});
  const auto response = co_await trustor.call(request);
  if (response.status == 404) {
    throw Error(ErrorKind::MissingCredentialError,
                "Missing required credential: roles " + names +
                    ". The user must have them to delegate them to Heat.");
  }
  if (response.status >= 400) throw cloud_error(request, response);
  co_return response.body["trust"]["id"].string_or("");
}

Task<> delete_trust(Session& trustor, std::string trust_id) {
  co_await trustor.find(identity("DELETE", "/OS-TRUST/trusts/" + percent_encode(trust_id)));
}

Task<std::vector<std::string>> list_trusts(Session& trustor, std::string trustee_user_id) {
  const auto body = co_await trustor.send(
      identity("GET", "/OS-TRUST/trusts?trustor_user_id=" + percent_encode(trustor.user_id())));
  std::vector<std::string> ids;
  if (!body["trusts"].is_list()) co_return ids;
  for (const auto& trust : body["trusts"].as_list()) {
    const bool ours = trust["trustee_user_id"].string_or("") == trustee_user_id &&
                      trust["project_id"].string_or("") == trustor.project_id();
    if (ours) ids.push_back(trust["id"].string_or(""));
  }
  co_return ids;
}

Task<std::vector<Role>> list_roles(Session& session, std::string name) {
  const auto query = name.empty() ? "" : "?name=" + percent_encode(name);
  const auto body = co_await session.send(identity("GET", "/roles" + query));
  std::vector<Role> roles;
  if (!body["roles"].is_list()) co_return roles;
  for (const auto& role : body["roles"].as_list()) {
    roles.push_back({role["id"].string_or(""), role["name"].string_or("")});
  }
  co_return roles;
}

}  // namespace heat
