#pragma once

#include <optional>
#include <string>

#include "async/task.h"
#include "engine/operations.h"

namespace heat {

/// Port of the API to the identity service: whose token is this?
class TokenCheck {
 public:
  virtual ~TokenCheck() = default;

  /// Who the token stands for (everything of Context but the request's own facts), or nothing where
  /// it is not valid. Throws Error{ServiceUnavailable} where that can't be found out.
  virtual Task<std::optional<Context>> check(std::string token) = 0;
  /// Where to get a token: named in the answer to a request without a valid one.
  virtual std::string identity_url() const = 0;
};

}  // namespace heat
