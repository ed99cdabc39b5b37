#include "engine/tree_credential.h"

#include <algorithm>
#include <utility>

#include "async/cancel.h"
#include "base/log.h"

namespace heat {

Task<> TreeCredential::read() {
  co_await means_.ledger.settle();
  rows_ = co_await means_.store.credentials(means_.stack.root_id);
  for (const CredentialRow& row : rows_) means_.ledger.loaded(row);
}

Task<std::shared_ptr<Session>> TreeCredential::open() {
  co_await read();
  // A stack that goes needs none where none was in use: nothing was made without.
  const bool going = means_.stack.action == "DELETE";
  auto row = going ? std::ranges::find(rows_, means_.stack.credential_id, &CredentialRow::id)
                   : rows_.end() - (rows_.empty() ? 0 : 1);
  if (row == rows_.end()) co_return nullptr;
  if (row->state != "made") co_await make(*row);
  if (means_.stack.credential_id != row->id) {
    means_.stack.credential_id = row->id;
    means_.ledger.put(means_.stack);
  }
  if (opened_ != row->id) {
    session_ = means_.sessions.of_credential(*row);
    opened_ = row->id;
  }
  co_return session_;
}

Task<> TreeCredential::make(CredentialRow& row) {
  constexpr int kTries = 4;
  bool again = row.state == "begun";
  row.state = "begun";
  means_.ledger.put(row);
  co_await means_.ledger.settle();
  for (int attempt = 1;; ++attempt) {
    means_.ledger.check_lease(means_.lease_margin);
    try {
      row = co_await means_.sessions.delegate(row, again);
      break;
    } catch (const Error& error) {
      if (!may_have_happened(error) || attempt == kTries) throw;
    }
    again = true;
    co_await sleep_for(means_.loop, std::chrono::seconds(attempt), Cancel());
  }
  row.state = "made";
  row.secret = Value();
  means_.ledger.put(row);
}

Task<> TreeCredential::revoke(const CredentialRow& row) {
  if (row.state != "intended") {
    means_.ledger.check_lease(means_.lease_margin);
    co_await means_.sessions.revoke(row);
  }
  means_.ledger.erase(row);
}

Task<> TreeCredential::retire_others() {
  const auto rows = rows_;
  for (const CredentialRow& row : rows) {
    if (row.id == opened_) continue;
    try {
      co_await revoke(row);
    } catch (const Error& error) {
      log::warning("a credential that is no longer used could not be revoked yet",
                   {{"stack", row.root_id}, {"why", error.what()}});
    }
  }
}

Task<> TreeCredential::end() {
  co_await read();
  const auto rows = rows_;
  for (const CredentialRow& row : rows)
    if (row.id != means_.stack.credential_id) co_await revoke(row);
  for (const CredentialRow& row : rows)
    if (row.id == means_.stack.credential_id) co_await revoke(row);
  means_.stack.credential_id.clear();
}

}  // namespace heat
