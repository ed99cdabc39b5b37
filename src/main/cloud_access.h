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
#include "net/http.h"

namespace heat {

/// A user of our own, and the Keystone that knows it.
struct Account {
  std::string auth_url;
  Credentials user;
  TlsOptions tls = {};      ///< of that Keystone
  std::string region = {};  ///< of it, too; empty: any
  bool operator==(const Account&) const = default;
};

/// What a stack acts by when the token of its request is over.
enum class DeferredAuth { Trusts, Password };

/// The cloud that this engine orchestrates, as the configuration names it.
struct CloudSettings {
  std::string auth_url;         ///< where stacks get their tokens
  std::string public_auth_url;  ///< for clients, in the answer to a request without a token
  Account service;              ///< tells what the tokens of requests stand for
  Account trustee;              ///< acts for users by the trusts they gave it
  SessionOptions session;
  DeferredAuth deferred_auth = DeferredAuth::Trusts;
  std::vector<std::string> trusts_delegated_roles = {};  ///< empty: all the caller has
  bool allow_trusts_redelegation = false;
  bool operator==(const CloudSettings&) const = default;
};

/// One loop's way into the cloud: tokens, sessions, limits. Loop and client outlive it.
class CloudAccess final : public SessionSource, public TokenCheck {
 public:
  CloudAccess(Loop& loop, Http& http, CloudSettings settings);

  std::shared_ptr<Session> of_caller(const Context& context) override;
  CredentialRow intent_of(const Context& context) override;
  Task<bool> serves(CredentialRow made, CredentialRow intent) override;
  Task<CredentialRow> delegate(CredentialRow intent, bool again) override;
  std::shared_ptr<Session> of_credential(const CredentialRow& credential) override;
  Task<> revoke(CredentialRow credential) override;

  /// The loop is to end; see ServiceLimits::close().
  void close() { limits_.close(); }

  Task<std::optional<Context>> check(std::string token) override;
  std::string identity_url() const override { return settings_.public_auth_url; }

 private:
  Task<std::unique_ptr<KeystoneSession>> open_service();
  Task<std::unique_ptr<KeystoneSession>> open_caller(std::string token);
  Task<std::unique_ptr<KeystoneSession>> open_trustee();
  Task<std::unique_ptr<KeystoneSession>> open_trust(std::string trust_id);
  Task<std::unique_ptr<KeystoneSession>> open_user(CredentialRow credential);
  Task<bool> deletes(Session& session, std::string trust_id);

  Loop& loop_;
  CloudSettings settings_;
  ServiceLimits limits_;
  Keystone keystone_, service_keystone_, trustee_keystone_;
  LazySession service_, trustee_;
  TokenValidator tokens_;
};

}  // namespace heat
