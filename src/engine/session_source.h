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
  /// What is to let the engine act for the caller when the token has expired, as an intent; the
  /// cloud is not asked. The row has neither id nor tree.
  virtual CredentialRow intent_of(const Context& context) = 0;
  /// Whether `made` can go on in place of what `intent` would make: it is the same user's, for the
  /// same project and roles, and still there.
  virtual Task<bool> serves(CredentialRow made, CredentialRow intent) = 0;
  /// Makes what the row intends and gives it with what it is. `again`: an attempt before may have
  /// made it, so that is looked for first. Its row's id tells it from all others.
  virtual Task<CredentialRow> delegate(CredentialRow intent, bool again) = 0;
  virtual std::shared_ptr<Session> of_credential(const CredentialRow& credential) = 0;
  /// Gone already is success. What an attempt may have made unrecorded is looked for.
  virtual Task<> revoke(CredentialRow credential) = 0;
};

}  // namespace heat
