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
  const auto row = co_await choose();
  if (!row) co_return nullptr;
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

Task<std::optional<CredentialRow>> TreeCredential::choose() {
  const auto found = std::ranges::find(rows_, means_.stack.credential_id, &CredentialRow::id);
  std::optional<CredentialRow> in_use;
  if (found != rows_.end()) in_use = *found;
  // A stack that goes needs none where none was in use: nothing was made without.
  const bool going = means_.stack.action == "DELETE";
  if (rows_.empty() || (going && !in_use)) co_return std::nullopt;
  CredentialRow& newest = rows_.back();
  if (in_use && newest.state == "intended" && co_await means_.sessions.serves(*in_use, newest)) {
    forget_intents();
    co_return in_use;
  }
  try {
    if (newest.state != "made") co_await make(newest);
  } catch (const Error& error) {
    if (!going) throw;
    log::info("who deletes the stack can't lend it his rights; it goes by those it has",
              {{"stack", newest.root_id}, {"why", error.what()}});
    co_return in_use;
  }
  co_return newest;
}

void TreeCredential::forget_intents() {
  for (const CredentialRow& row : rows_)
    if (row.state == "intended") means_.ledger.erase(row);
  std::erase_if(rows_, [](const CredentialRow& row) { return row.state == "intended"; });
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
