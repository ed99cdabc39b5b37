#include "cloud/keystone.h"

#include "base/error.h"
#include "cloud/session.h"
#include "cloud/wire.h"
#include "text/write.h"

namespace heat {

Keystone::Keystone(Loop& loop, Http& http, ServiceLimits& limits, std::string auth_url,
                   TlsOptions tls, Patience patience)
    : loop_(loop),
      http_(http),
      limits_(limits),
      url_(endpoint_url("identity", std::move(auth_url), {})),
      tls_(std::move(tls)),
      patience_(patience) {}

Task<Token> Keystone::authenticate(Credentials credentials) {
  HttpRequest request;
  request.method = "POST";
  request.url = url_ + "/auth/tokens";
  request.headers.add("Content-Type", "application/json");
  request.headers.add("Accept", "application/json");
  request.body = to_json(auth_request(credentials));
  request.tls = tls_;
  // A second token does no harm.
  const auto answer = co_await fetch_patiently(loop_, http_, limits_.of("identity", {}), patience_,
                                               Repeat::Effectless, "identity", request);
  const auto response = read_answer(answer);
  if (answer.status < 300) {
    co_return read_token(answer.headers.get("X-Subject-Token"), response.body);
  }
  CloudRequest asked;
  asked.service = "identity";
  asked.method = "POST";
  asked.path = "/auth/tokens";
  const auto refusal = cloud_error(asked, response);
  if (answer.status != 401 && answer.status != 404) throw refusal;
  throw Error(ErrorKind::AuthorizationFailure, "Authorization failed. " + refusal.message());
}

}  // namespace heat
