#include "main/cloud_access.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/log.h"
#include "cloud/late_effect.h"
#include "cloud/trust.h"

namespace heat {

CloudAccess::CloudAccess(Loop& loop, Http& http, CloudSettings settings)
    : loop_(loop),
      settings_(std::move(settings)),
      limits_(loop),
      keystone_(loop, http, limits_, settings_.auth_url,
                settings_.session.access_to("identity").tls),
      service_keystone_(loop, http, limits_, settings_.service.auth_url, settings_.service.tls),
      trustee_keystone_(loop, http, limits_, settings_.trustee.auth_url, settings_.trustee.tls),
      service_(loop, "", "", [this] { return open_service(); }),
      trustee_(loop, "", "", [this] { return open_trustee(); }),
      tokens_(loop, service_) {}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_service() {
  SessionOptions options = settings_.session;
  options.region = settings_.service.region;
  options.access_of["identity"] = {options.access_to("identity").interface, settings_.service.tls};
  return KeystoneSession::open(service_keystone_, settings_.service.user, std::move(options));
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_trustee() {
  return KeystoneSession::open(trustee_keystone_, settings_.trustee.user, settings_.session);
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_caller(std::string token) {
  auto known = co_await tokens_.validate(std::move(token));
  if (!known)
    throw Error(ErrorKind::AuthorizationFailure, "The token of the request is no longer valid.");
  co_return std::make_unique<KeystoneSession>(keystone_, std::move(*known), std::nullopt,
                                              settings_.session);
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_trust(std::string trust_id) {
  Credentials credentials = settings_.trustee.user;
  credentials.trust_id = std::move(trust_id);
  co_return co_await KeystoneSession::open(trustee_keystone_, std::move(credentials),
                                           settings_.session);
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_user(CredentialRow credential) {
  Credentials user;
  user.user_id = credential.user_id;
  user.password = credential.secret["password"].string_or("");
  user.project_id = credential.project_id;
  co_return co_await KeystoneSession::open(keystone_, std::move(user), settings_.session);
}

std::shared_ptr<Session> CloudAccess::of_caller(const Context& context) {
  return std::make_shared<LazySession>(
      loop_, context.project_id, context.user_id,
      [this, token = context.token] { return open_caller(token); });
}

CredentialRow CloudAccess::intent_of(const Context& context) {
  CredentialRow row;
  row.user_id = row.trustor_id = context.user_id;
  row.user_name = context.user_name;
  row.project_id = context.project_id;
  row.region = context.region;
  row.auth_url = settings_.auth_url;
  if (!context.trust_id.empty()) {  // a trust can't be made from within a trust
    row.kind = "lent";
    row.trust_id = context.trust_id;
    row.state = "made";
    return row;
  }
  if (settings_.deferred_auth == DeferredAuth::Password) {
    if (context.password.empty())
      throw Error(ErrorKind::MissingCredentialError,
                  "Missing required credential: X-Auth-Key, the user's password, by which the "
                  "stack acts here (deferred_auth_method); the stock clients send it with "
                  "--include-password.");
    row.kind = "password";
    row.state = "made";
    row.secret = Map{{"password", context.password}};
    return row;
  }
  row.kind = "trust";
  row.state = "intended";
  List roles;
  const auto& wanted = settings_.trusts_delegated_roles;
  for (const std::string& name : context.roles)
    if (wanted.empty() || std::ranges::find(wanted, name) != wanted.end()) roles.push_back(name);
  row.secret = Map{{"token", context.token}, {"roles", std::move(roles)}};
  return row;
}

Task<bool> CloudAccess::serves(CredentialRow made, CredentialRow intent) {
  if (made.kind != "trust" || intent.kind != "trust") co_return false;
  // Most of the time this tells, without a question.
  if (made.trustor_id != intent.trustor_id || made.project_id != intent.project_id) co_return false;
  KeystoneSession* trustee = co_await trustee_.opened();
  const auto trust = co_await read_trust(*trustee, made.trust_id);
  if (!trust) co_return false;
  std::set<std::string> roles;
  for (const Value& name : intent.secret["roles"].as_list()) roles.insert(name.as_string());
  co_return trust->trustee_user_id == trustee->user_id() && trust->roles == roles;
}

Task<CredentialRow> CloudAccess::delegate(CredentialRow intent, bool again) {
  KeystoneSession* trustee = co_await trustee_.opened();
  if (again) {
    const auto look = [&]() -> Task<std::optional<Value>> {
      const auto made = co_await find_trust(*trustee, intent.id);
      co_return made ? std::optional<Value>(*made) : std::nullopt;
    };
    if (const auto made = co_await late_effect(loop_, look)) {
      intent.trust_id = made->as_string();
      co_return intent;
    }
  }
  const auto caller = co_await open_caller(intent.secret["token"].string_or(""));
  std::vector<Role> roles;
  for (const Value& name : intent.secret["roles"].as_list())
    roles.push_back({"", name.as_string()});
  intent.trust_id = co_await create_trust(*caller, trustee->user_id(), std::move(roles), intent.id,
                                          settings_.allow_trusts_redelegation);
  co_return intent;
}

std::shared_ptr<Session> CloudAccess::of_credential(const CredentialRow& credential) {
  LazySession::Open open = [this, trust = credential.trust_id] { return open_trust(trust); };
  if (credential.kind == "password") open = [this, credential] { return open_user(credential); };
  return std::make_shared<LazySession>(loop_, credential.project_id, credential.trustor_id,
                                       std::move(open));
}

Task<> CloudAccess::revoke(CredentialRow credential) {
  if (credential.kind != "trust") co_return;
  KeystoneSession* trustee = co_await trustee_.opened();
  if (credential.trust_id.empty()) {
    auto made = co_await find_trust(*trustee, credential.id);
    if (!made) co_return;
    credential.trust_id = std::move(*made);
  }
  // As an administrator; else as the trust's user, whom the trustee can be while he may do
  // anything.
  if (co_await deletes(*trustee, credential.trust_id)) co_return;
  const std::shared_ptr<Session> as_trustor = of_credential(credential);
  if (co_await deletes(*as_trustor, credential.trust_id)) co_return;
  if (co_await read_trust(*trustee, credential.trust_id))
    log::warning("a trust can't be used any more and stays in Keystone; its user can delete it",
                 {{"trust", credential.trust_id}, {"user", credential.trustor_id}});
}

/// False where the session's user may not.
Task<bool> CloudAccess::deletes(Session& session, std::string trust_id) {
  try {
    co_await delete_trust(session, std::move(trust_id));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::AuthorizationFailure && error.kind() != ErrorKind::Forbidden)
      throw;
    co_return false;
  }
  co_return true;
}

Task<std::optional<Context>> CloudAccess::check(std::string token) {
  const auto known = co_await tokens_.validate(token);
  if (!known) co_return std::nullopt;
  Context context;
  context.project_id = known->project_id;
  context.project_name = known->project_name;
  context.user_id = known->user_id;
  context.user_name = known->user_name;
  context.user_domain_id = known->user_domain_id;
  context.token = std::move(token);
  context.trust_id = known->trust_id;
  for (const Role& role : known->roles) context.roles.push_back(role.name);
  context.is_admin =
      known->is_admin_project &&
      std::find(context.roles.begin(), context.roles.end(), "admin") != context.roles.end();
  context.auth_url = settings_.auth_url;
  context.region = settings_.session.region;
  co_return context;
}

}  // namespace heat
