#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "async/semaphore.h"
#include "cloud/asked_once.h"
#include "cloud/keystone.h"
#include "cloud/session.h"

namespace heat {

/// How a service is reached.
struct ServiceAccess {
  std::string interface = "public";  ///< which of the catalogue's endpoints
  TlsOptions tls = {};
  bool operator==(const ServiceAccess&) const = default;
};

struct SessionOptions {
  std::string region;  ///< empty: any
  ServiceAccess access = {};
  /// Of services that differ from the others, by service_name().
  std::map<std::string, ServiceAccess, std::less<>> access_of = {};
  Duration request_timeout = std::chrono::seconds(60);
  Patience patience = {};

  const ServiceAccess& access_to(std::string_view service) const;
  bool operator==(const SessionOptions&) const = default;
};

/// A Session of a cloud with Keystone. It begins with a token and, when that ends or is refused,
/// gets the next one with its credentials; these may change meanwhile from the user's own to a
/// trust of the same user and project.
class KeystoneSession final : public Session {
 public:
  /// Authenticates first. Throws Error{AuthorizationFailure}.
  static Task<std::unique_ptr<KeystoneSession>> open(Keystone& keystone, Credentials credentials,
                                                     SessionOptions options = {});
  /// With a token that is there already, as of an API request. Without `credentials` it lasts as
  /// long as the token.
  KeystoneSession(Keystone& keystone, Token token, std::optional<Credentials> credentials,
                  SessionOptions options = {});

  const std::string& project_id() const override { return token_.project_id; }
  const std::string& user_id() const override { return token_.user_id; }
  Task<std::string> endpoint(std::string service) override;
  Task<bool> has_service(std::string service) override;
  Task<CloudResponse> call(CloudRequest request) override;
  Task<std::string> find_id(Finder finder, std::string name_or_id) override;

  /// The next token is got with these.
  void renew_with(Credentials credentials) { credentials_ = std::move(credentials); }
  const Token& token() const noexcept { return token_; }

 private:
  Task<> renew(std::string refused);
  std::string base_url(const std::string& service) const;
  bool about_to_expire() const;

  Keystone& keystone_;
  Token token_;
  std::optional<Credentials> credentials_;
  SessionOptions options_;
  Semaphore renewing_;
  std::map<std::string, std::string> ids_;
  AskedOnce<std::string> lookups_;
};

}  // namespace heat
