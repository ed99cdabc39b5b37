#pragma once

#include <memory>
#include <optional>
#include <string>

#include "async/cancel.h"
#include "async/task_group.h"
#include "engine/engine_settings.h"
#include "engine/session_source.h"
#include "engine/tree_credential.h"
#include "stack/converge.h"
#include "stack/lifecycle.h"

namespace heat {

/// The work on one tree of stacks while its lease is ours: takes what its inbox holds, in order,
/// and converges. Everything is read from the store at the start, so nothing depends on who worked
/// on it before.
class TreeWork {
 public:
  struct Means {
    Loop& loop;
    Store& store;
    Random& random;
    const Registry& registry;
    Claims& claims;
    SessionSource* sessions;
    const EngineSettings& settings;
    const std::string worker_id;
    const std::string root_id;
  };
  explicit TreeWork(Means means);
  ~TreeWork();

  /// Completes when there is nothing more to do, or the tree is not ours.
  Task<> run();
  /// Something may have come to the inbox.
  void wake();
  bool woken() const { return woken_; }
  void stop();

 private:
  Task<bool> claim();
  Task<> load();
  Task<> work();
  Task<bool> take_inbox();
  void apply(const InboxRow& row);
  Task<> converge();
  Task<> look_ahead();
  Task<Ending> converge(std::shared_ptr<const StackDefinition> target);
  Task<> keep_lease();
  Task<> release();
  std::shared_ptr<const StackDefinition> definition(const DefinitionRow& row) const;
  Task<std::shared_ptr<const StackDefinition>> stored_definition(std::string id);

  const Means means_;
  std::optional<Ledger> ledger_;
  std::optional<heat::Means> stack_means_;
  Stack stack_;
  std::optional<Lifecycle> lifecycle_;
  std::optional<TreeCredential> credential_;  // none: offline
  std::shared_ptr<Session> session_;
  std::int64_t taken_ = 0;  // last sequence of the inbox that was applied
  Converge* converge_ = nullptr;
  bool woken_ = false;
  bool looking_ = false;
  bool stopped_ = false;
  Cancel ended_;
  TaskGroup beside_;
};

}  // namespace heat
