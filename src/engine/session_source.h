#pragma once

#include <memory>

#include "async/task.h"
#include "cloud/session.h"
#include "engine/operations.h"
#include "store/rows.h"

namespace heat {

/// Port: sessions with the cloud, for a request as its caller, and for a stack's work with the
/// credential that its creator left. Without one the engine works offline.
class SessionSource {
 public:
  virtual ~SessionSource() = default;

  /// As the caller, with the token of the request.
  virtual std::shared_ptr<Session> of_caller(const Context& context) = 0;
  /// Lets the engine act for the caller when the token has expired: makes a trust, or keeps the
  /// password where so configured. The row still has no id.
  virtual Task<CredentialRow> delegate(Context context) = 0;
  virtual std::shared_ptr<Session> of_credential(const CredentialRow& credential) = 0;
  /// Gone already is success.
  virtual Task<> revoke(CredentialRow credential) = 0;
};

}  // namespace heat
