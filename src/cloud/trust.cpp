#include "cloud/trust.h"

#include "net/url.h"

namespace heat {

namespace {

// Keystone keeps and shows members of a trust that it doesn't know.
constexpr const char* kMark = "heat_credential";

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
                               std::vector<Role> roles, std::string mark, bool allow_redelegation) {
  List given;
  std::string names;
  for (const auto& role : roles) {
    given.push_back(role.id.empty() ? Map{{"name", role.name}} : Map{{"id", role.id}});
    names += (names.empty() ? "" : ", ") + (role.name.empty() ? role.id : role.name);
  }
  Map trust{{"trustor_user_id", trustor.user_id()},     {"trustee_user_id", trustee_user_id},
            {"project_id", trustor.project_id()},       {"impersonation", true},
            {"allow_redelegation", allow_redelegation}, {"roles", std::move(given)}};
  if (!mark.empty()) trust.set(kMark, std::move(mark));
  const auto request = identity("POST", "/OS-TRUST/trusts", Map{{"trust", std::move(trust)}});
  const auto response = co_await trustor.call(request);
  if (response.status == 404) {
    throw Error(ErrorKind::MissingCredentialError,
                "Missing required credential: roles " + names +
                    ". The user must have them to delegate them to Heat.");
  }
  if (response.status >= 400) throw cloud_error(request, response);
  co_return response.body["trust"]["id"].string_or("");
}

Task<std::optional<Trust>> read_trust(Session& session, std::string trust_id) {
  const auto request = identity("GET", "/OS-TRUST/trusts/" + percent_encode(trust_id));
  const CloudResponse response = co_await session.call(request);
  if (response.status == 403 || response.status == 404) co_return std::nullopt;
  if (response.status >= 400) throw cloud_error(request, response);
  const Value& told = response.body["trust"];
  Trust trust{told["trustor_user_id"].string_or(""),
              told["trustee_user_id"].string_or(""),
              told["project_id"].string_or(""),
              {}};
  if (told["roles"].is_list())
    for (const Value& role : told["roles"].as_list())
      trust.roles.insert(role["name"].string_or(""));
  co_return trust;
}

Task<> delete_trust(Session& session, std::string trust_id) {
  co_await session.find(identity("DELETE", "/OS-TRUST/trusts/" + percent_encode(trust_id)));
}

Task<std::optional<std::string>> find_trust(Session& trustee, std::string mark) {
  const auto body = co_await trustee.send(
      identity("GET", "/OS-TRUST/trusts?trustee_user_id=" + percent_encode(trustee.user_id())));
  if (!body["trusts"].is_list()) co_return std::nullopt;
  for (const auto& trust : body["trusts"].as_list())
    if (trust[kMark] == Value(mark)) co_return trust["id"].string_or("");
  co_return std::nullopt;
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
