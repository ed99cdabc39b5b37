#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "async/cancel.h"
#include "async/task.h"
#include "base/time.h"

namespace heat {

/// Header fields in order; names compare without case.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);
  /// The first field of that name, or null.
  const std::string* find(std::string_view name) const noexcept;
  std::string get(std::string_view name, std::string_view otherwise = {}) const;

  auto begin() const noexcept { return fields_.begin(); }
  auto end() const noexcept { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// How the other side of HTTPS is proved, and we to it.
struct TlsOptions {
  std::string ca_file;             ///< PEM; empty: the system's
  std::string client_certificate;  ///< PEM; may hold the key too
  std::string client_key;          ///< PEM
  bool insecure = false;           ///< accepts any server certificate
  bool operator==(const TlsOptions&) const = default;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< absolute for a client; the target ("/v1/x?y=z") for a server
  Headers headers;
  std::string body;
  Duration timeout = std::chrono::seconds(60);  ///< whole exchange
  TlsOptions tls = {};                          ///< client side
  std::optional<Cancel> give_up = {};           ///< client side; what has no effect may be given up
  std::string peer;                             ///< server side: the remote address
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
};

/// The request may or may not have reached the other side: no answer came.
struct HttpNoAnswer : std::exception {
  HttpNoAnswer(std::string why, bool was_sent) : reason(std::move(why)), sent(was_sent) {}
  const char* what() const noexcept override { return reason.c_str(); }
  std::string reason;
  bool sent;  ///< false: certainly not (could not connect); a repeat is safe
};

/// Port: an HTTP client. Any status is an answer; only the lack of one throws HttpNoAnswer.
class Http {
 public:
  virtual ~Http() = default;
  virtual Task<HttpResponse> fetch(HttpRequest request) = 0;
};

/// What a server does with a request. Must not throw anything but HttpNoAnswer, which closes the
/// connection without an answer, as a simulated service does that fails.
using HttpHandler = std::function<Task<HttpResponse>(HttpRequest)>;

}  // namespace heat
