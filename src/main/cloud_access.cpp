#include "main/cloud_access.h"

#include <algorithm>

#include "base/error.h"
#include "cloud/trust.h"

namespace heat {

CloudAccess::CloudAccess(AsioLoop& loop, CloudSettings settings)
    : loop_(loop),
      settings_(std::move(settings)),
      http_(loop, settings_.transport),
      limits_(loop),
      keystone_(loop, http_, limits_, settings_.auth_url),
      service_(loop, "", "", [this] { return open_service(); }),
      tokens_(loop, service_) {}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_service() {
  return KeystoneSession::open(keystone_, settings_.service, settings_.session);
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_caller(std::string token) {
  auto known = co_await tokens_.validate(std::move(token));
  if (!known)
    throw Error(ErrorKind::AuthorizationFailure, "The token of the request is no longer valid.");
  co_return std::make_unique<KeystoneSession>(keystone_, std::move(*known), std::nullopt,
                                              settings_.session);
}

Task<std::unique_ptr<KeystoneSession>> CloudAccess::open_trust(std::string trust_id) {
  Credentials credentials = settings_.service;
  credentials.trust_id = std::move(trust_id);
  co_return co_await KeystoneSession::open(keystone_, std::move(credentials), settings_.session);
}

std::shared_ptr<Session> CloudAccess::of_caller(const Context& context) {
  return std::make_shared<LazySession>(
      loop_, context.project_id, context.user_id,
      [this, token = context.token] { return open_caller(token); });
}

Task<CredentialRow> CloudAccess::delegate(Context context) {
  const std::shared_ptr<Session> caller = of_caller(context);
  KeystoneSession* service = co_await service_.opened();
  std::vector<Role> roles;
  for (const std::string& name : context.roles) {
    const auto& wanted = settings_.trusts_delegated_roles;
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end())
      roles.push_back({"", name});
  }
  CredentialRow row;
  row.kind = "trust";
  row.user_id = context.user_id;
  row.user_name = context.user_name;
  row.project_id = context.project_id;
  row.trustor_id = context.user_id;
  row.region = context.region;
  row.auth_url = settings_.auth_url;
  row.trust_id = co_await create_trust(*caller, service->user_id(), std::move(roles));
  co_return row;
}

std::shared_ptr<Session> CloudAccess::of_credential(const CredentialRow& credential) {
  return std::make_shared<LazySession>(
      loop_, credential.project_id, credential.trustor_id,
      [this, trust = credential.trust_id] { return open_trust(trust); });
}

Task<> CloudAccess::revoke(CredentialRow credential) {
  const std::shared_ptr<Session> trustee = of_credential(credential);
  try {
    co_await delete_trust(*trustee, credential.trust_id);
  } catch (const Error& error) {
    // A trust that is gone can't be entered either.
    if (error.kind() != ErrorKind::AuthorizationFailure) throw;
  }
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
      std::find(context.roles.begin(), context.roles.end(), "admin") != context.roles.end();
  context.auth_url = settings_.auth_url;
  context.region = settings_.session.region;
  co_return context;
}

}  // namespace heat
