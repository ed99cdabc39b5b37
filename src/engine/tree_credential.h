#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/session_source.h"
#include "stack/stack.h"

namespace heat {

/// What the work on a tree acts with in the cloud. Each create, update and delete leaves its
/// caller's credential as an intent. Where the one in use is the same caller's and good for the
/// same, it stays; else the newest is made, as a step: begun before, recorded after, looked for
/// where an attempt broke off. Those before it are revoked once it is in use, and the last with the
/// stack.
class TreeCredential {
 public:
  struct Means {
    Loop& loop;
    Store& store;
    SessionSource& sessions;
    Ledger& ledger;
    StackRow& stack;
    Duration lease_margin;
  };
  explicit TreeCredential(Means means) : means_(means) {}

  /// The session to work with: of the one in use or the newest, which is made where it is not yet.
  /// Null where there is none. Throws Error where it can't be made, and OwnershipLost; a stack that
  /// goes is tried with the one in use then.
  Task<std::shared_ptr<Session>> open();
  /// Revokes those that open() found besides the one in use. What fails is tried at the next work.
  Task<> retire_others();
  /// Revokes all. Throws Error.
  Task<> end();

 private:
  Task<> read();
  Task<std::optional<CredentialRow>> choose();
  void forget_intents();
  Task<> make(CredentialRow& row);
  Task<> revoke(const CredentialRow& row);

  const Means means_;
  std::vector<CredentialRow> rows_;  // oldest first
  std::string opened_;
  std::shared_ptr<Session> session_;
};

}  // namespace heat
