#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "net/http.h"

namespace heat {

class AsioLoop;

struct CurlOptions {
  Duration connect_timeout = std::chrono::seconds(10);
  std::size_t response_limit =
      64 << 20;                       ///< bytes of body and header; beyond it there is no answer
  std::size_t idle_connections = 64;  ///< kept open for later requests
};

/// Http over libcurl: pooled connections, TLS, HTTP/1.1 and 2, the proxies of the environment. It
/// follows no redirect and repeats no POST or PATCH that may have arrived.
class CurlHttp final : public Http {
 public:
  explicit CurlHttp(AsioLoop& loop, CurlOptions options = {});
  ~CurlHttp() override;
  Task<HttpResponse> fetch(HttpRequest request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heat
