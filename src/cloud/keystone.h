#pragma once

#include <string>

#include "async/loop.h"
#include "cloud/credentials.h"
#include "cloud/patience.h"
#include "cloud/token.h"
#include "net/http.h"

namespace heat {

/// A cloud's door: the identity service, version 3, where tokens come from.
class Keystone {
 public:
  /// `auth_url` with or without a version: "http://cloud:5000/v3". `tls` is for tokens; what is
  /// asked of the service later goes by the session's own options.
  Keystone(Loop& loop, Http& http, ServiceLimits& limits, std::string auth_url, TlsOptions tls = {},
           Patience patience = {});

  /// Throws Error{AuthorizationFailure} where the credentials are refused.
  Task<Token> authenticate(Credentials credentials);

  Loop& loop() const noexcept { return loop_; }
  Http& http() const noexcept { return http_; }
  ServiceLimits& limits() const noexcept { return limits_; }
  const std::string& url() const noexcept { return url_; }

 private:
  Loop& loop_;
  Http& http_;
  ServiceLimits& limits_;
  std::string url_;
  TlsOptions tls_;
  Patience patience_;
};

}  // namespace heat
