#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/value.h"

namespace heat {

/// The name by which a service is known here, of any of the names that catalogues give it:
/// "volumev3", "block-storage" and "block-store" are one.
std::string_view service_name(std::string_view type);

/// Where the services of a cloud are: the list that comes with a token.
class Catalogue {
 public:
  Catalogue() = default;
  explicit Catalogue(Value entries) : entries_(std::move(entries)) {}

  /// The URL as the catalogue has it. An empty region is any; `interface` is "public", "internal"
  /// or "admin", with or without "URL" behind.
  std::optional<std::string> url(std::string_view service, std::string_view region,
                                 std::string_view interface) const;
  const Value& entries() const noexcept { return entries_; }

 private:
  Value entries_;
};

/// A service's base URL: in the one form that paths are relative to, whichever of several usual
/// forms the catalogue has. Compute ends in /v2.1, block storage in /v3/{project}, identity in /v3.
std::string endpoint_url(std::string_view service, std::string url, std::string_view project_id);

/// `base` and `path`, which may both name the API's version: "http://net/v2.0" and "/v2.0/ports".
std::string request_url(std::string_view base, std::string_view path);

}  // namespace heat
