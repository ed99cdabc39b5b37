#pragma once

#include <string>

#include "api/rest/token_check.h"
#include "base/random.h"
#include "engine/operations.h"
#include "net/http.h"

namespace heat {

struct RestSettings {
  std::size_t max_json_body_size = 1024 * 1024;  ///< bytes
  std::string scheme = "http";                   ///< by which the server is reached
  bool trust_proxy_headers = false;  ///< X-Forwarded-Proto, -Host and -Prefix make the links
  bool operator==(const RestSettings&) const = default;
};

/// REST API v1: routes requests to the engine's operations and shapes their answers. Stateless.
class RestApi {
 public:
  /// All three must outlive it.
  RestApi(Operations& operations, TokenCheck& tokens, Random& random, RestSettings settings = {})
      : operations_(operations), tokens_(tokens), random_(random), settings_(settings) {}

  /// Answers any request; never throws. What a server's HttpHandler calls.
  Task<HttpResponse> handle(HttpRequest request);

 private:
  Task<HttpResponse> answer(HttpRequest request, std::string request_id);
  Task<HttpResponse> serve(HttpRequest request, std::string base, std::string path,
                           std::string request_id);

  Operations& operations_;
  TokenCheck& tokens_;
  Random& random_;
  RestSettings settings_;
};

}  // namespace heat
