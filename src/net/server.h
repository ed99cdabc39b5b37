#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "net/http.h"

namespace heat {

class AsioLoop;

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                            ///< 0: any free one
  std::string certificate_file = {};                 ///< PEM; given: HTTPS
  std::string key_file = {};                         ///< PEM; empty: in the certificate's file
  std::size_t header_limit = 64 << 10;               ///< bytes; beyond it 431
  std::size_t body_limit = 8 << 20;                  ///< bytes; beyond it 413
  std::size_t connections = 4096;                    ///< more wait to be accepted
  Duration idle_timeout = std::chrono::seconds(75);  ///< between requests of a connection
  Duration read_timeout = std::chrono::seconds(60);  ///< for a whole request, and for an answer
  bool operator==(const ServerOptions&) const = default;
};

/// An HTTP/1.1 server on the loop, in clear or by TLS: persistent connections, bounded in size and
/// time. It calls the handler for each request; of one connection one at a time.
class HttpServer {
 public:
  /// Listens at once. Throws Error where the address is unknown or taken, or the certificate or
  /// key can't be used.
  HttpServer(AsioLoop& loop, HttpHandler handler, ServerOptions options = {});
  /// stop() must have completed.
  ~HttpServer();

  std::uint16_t port() const noexcept;
  std::string url() const;  ///< "http://127.0.0.1:8004", or "https…"
  std::size_t connections() const noexcept;

  /// Accepts nothing more, lets requests in flight be answered within `grace`, then closes all
  /// connections; completes when no handler runs any more.
  Task<> stop(Duration grace = std::chrono::seconds(10));

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heat
