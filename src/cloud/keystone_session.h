#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "async/semaphore.h"
#include "cloud/keystone.h"
#include "cloud/session.h"

namespace heat {

struct SessionOptions {
  std::string region;                ///< empty: any
  std::string interface = "public";  ///< of the catalogue's endpoints
  Duration request_timeout = std::chrono::seconds(60);
  Patience patience = {};
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
  ~KeystoneSession() override;

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
  struct Lookup;

  Task<> renew(std::string refused);
  std::string base_url(const std::string& service) const;
  bool about_to_expire() const;

  Keystone& keystone_;
  Token token_;
  std::optional<Credentials> credentials_;
  SessionOptions options_;
  Semaphore renewing_;
  std::map<std::string, std::shared_ptr<Lookup>> lookups_;
};

}  // namespace heat
