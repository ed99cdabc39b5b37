#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/rest/token_check.h"
#include "cloud/keystone.h"
#include "cloud/token_validator.h"
#include "engine/session_source.h"
#include "main/lazy_session.h"
#include "net/curl_http.h"

namespace heat {

/// The cloud that this engine orchestrates, as the configuration names it.
struct CloudSettings {
  std::string auth_url;         ///< for ourselves
  std::string public_auth_url;  ///< for clients, in the answer to a request without a token
  Credentials service;          ///< the service user: validates tokens, is the trustee of trusts
  SessionOptions session;
  CurlOptions transport;
  std::vector<std::string> trusts_delegated_roles;  ///< empty: all the caller has
};

/// One loop's way into the cloud: tokens, sessions, limits. Loop and client outlive it.
class CloudAccess final : public SessionSource, public TokenCheck {
 public:
  CloudAccess(Loop& loop, Http& http, CloudSettings settings);

  std::shared_ptr<Session> of_caller(const Context& context) override;
  CredentialRow intent_of(const Context& context) override;
  Task<CredentialRow> delegate(CredentialRow intent, bool again) override;
  std::shared_ptr<Session> of_credential(const CredentialRow& credential) override;
  Task<> revoke(CredentialRow credential) override;

  Task<std::optional<Context>> check(std::string token) override;
  std::string identity_url() const override { return settings_.public_auth_url; }

 private:
  Task<std::unique_ptr<KeystoneSession>> open_service();
  Task<std::unique_ptr<KeystoneSession>> open_caller(std::string token);
  Task<std::unique_ptr<KeystoneSession>> open_trust(std::string trust_id);
  Task<bool> trust_is_there(std::string trust_id);

  Loop& loop_;
  CloudSettings settings_;
  ServiceLimits limits_;
  Keystone keystone_;
  LazySession service_;
  TokenValidator tokens_;
};

}  // namespace heat
