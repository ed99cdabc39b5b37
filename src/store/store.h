#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "async/task.h"
#include "store/rows.h"

namespace heat {

using AnyRow = std::variant<DefinitionRow, StackRow, TreeRow, ResourceRow, StepRow, InboxRow,
                            EventRow, CredentialRow, ServiceRow>;

/// One atomic set of row operations. An update's row carries the version it was read with; the
/// store writes version + 1 and refuses the whole set (Stale) where another write came between. An
/// insert of a key that is there, and an update of a row that is not, are Stale too. The update of
/// a tree counts only while its epoch is the row's (else NotOwner). Definitions never change.
struct Changes {
  struct Insert {
    AnyRow row;
  };
  struct Update {
    AnyRow row;
  };
  struct Erase {
    AnyRow row;
  };  ///< only the key counts; gone already is success
  struct EraseSteps {
    std::string resource_id;
  };
  /// Takes a tree over. `row.epoch` is one more than the epoch it was read with; NotOwner where
  /// somebody else took it, or where the lease of its owner still runs at `now`.
  struct Claim {
    TreeRow row;
    std::int64_t now;
  };
  using Operation = std::variant<Insert, Update, Erase, EraseSteps, Claim>;

  /// The tree must still be owned with this epoch.
  struct Ownership {
    std::string root_id;
    std::int64_t epoch;
  };
  std::optional<Ownership> ownership;
  /// The project may not have more live stacks than `most` afterwards, nested ones not counted.
  struct StackLimit {
    std::string project_id;
    std::int64_t most;
  };
  std::optional<StackLimit> stack_limit;
  std::vector<Operation> operations;
  /// May wait some milliseconds for company: it has no effect outside, so nobody waits for the
  /// disk.
  bool relaxed = false;

  Changes& insert(AnyRow row) {
    operations.push_back(Insert{std::move(row)});
    return *this;
  }
  Changes& update(AnyRow row) {
    operations.push_back(Update{std::move(row)});
    return *this;
  }
  Changes& erase(AnyRow row) {
    operations.push_back(Erase{std::move(row)});
    return *this;
  }
  Changes& erase_steps(std::string resource_id) {
    operations.push_back(EraseSteps{std::move(resource_id)});
    return *this;
  }
  Changes& claim(TreeRow row, std::int64_t now) {
    operations.push_back(Claim{std::move(row), now});
    return *this;
  }
  bool empty() const { return operations.empty() && !ownership; }
};

enum class CommitResult {
  Done,
  NameTaken,  ///< a live stack of that name is in the project
  Stale,      ///< another write came between (version)
  NotOwner,   ///< the tree has another owner by now
  OverLimit,  ///< too many stacks in the project
};

struct StackFilter {
  std::optional<std::string> project_id = {};  ///< none: all projects (administrators only)
  std::string name = {};
  std::vector<std::string> statuses = {}, actions = {}, ids = {}, names = {};  ///< empty: any
  std::vector<std::string> tags = {};                                          ///< all of them
  bool show_nested = false;
  bool show_deleted = false;
  std::string marker = {};  ///< id of the last stack of the page before
  int limit = 0;            ///< 0: no limit
  /// created_at, updated_at, name, action, status: each decides among what the ones before leave
  /// equal, and the id last. None: created_at.
  std::vector<std::string> sort_keys = {};
  bool ascending = false;
};

/// A stack, and what its tree's inbox held at the same moment, by sequence.
struct StackAndInbox {
  StackRow row;
  std::vector<InboxRow> inbox;
};

/// Port: what is kept. Each commit is atomic and durable when its task completes; commits that wait
/// together are written together, and one whose precondition fails, fails alone. Commits take
/// effect in the order they were asked for, so when one is durable, so is all that was asked for
/// before. A read sees every commit that completed before it was asked for.
class Store {
 public:
  virtual ~Store() = default;

  virtual Task<CommitResult> commit(Changes changes) = 0;

  /// Any read of a stack takes the project it must belong to; nullopt only for the owner's own
  /// work.
  using ProjectScope = std::optional<std::string>;
  virtual Task<std::optional<StackRow>> stack(ProjectScope project, std::string id) = 0;
  virtual Task<std::optional<StackRow>> stack_named(ProjectScope project, std::string name) = 0;
  virtual Task<std::vector<StackRow>> stacks(StackFilter filter) = 0;
  virtual Task<std::vector<StackAndInbox>> stacks_and_inboxes(StackFilter filter) = 0;
  virtual Task<std::int64_t> count_stacks(StackFilter filter) = 0;
  /// The live stacks of a tree, oldest first.
  virtual Task<std::vector<StackRow>> tree_stacks(std::string root_id) = 0;
  virtual Task<std::optional<DefinitionRow>> definition(std::string id) = 0;
  virtual Task<std::vector<ResourceRow>> resources(std::string stack_id) = 0;  ///< oldest first
  /// Whether a resource other than `resource_id`, of any stack, has this physical id.
  virtual Task<bool> is_claimed(std::string physical_id, std::string resource_id) = 0;
  virtual Task<std::vector<StepRow>> steps(std::string resource_id) = 0;
  /// Whether another step of the same looks comes before this one: a step that is not done, of a
  /// resource in progress in another stack, and was inserted first. Where this one's own resource
  /// is not in progress, any such step comes before it.
  virtual Task<bool> is_preceded(std::string resource_id, std::string step) = 0;
  /// The steps of all resources of a stack, in one read: for its recovery.
  virtual Task<std::vector<StepRow>> stack_steps(std::string stack_id) = 0;
  virtual Task<std::vector<EventRow>> events(std::string stack_id) = 0;  ///< by sequence
  virtual Task<std::vector<InboxRow>> inbox(std::string root_id) = 0;    ///< by sequence
  virtual Task<std::optional<TreeRow>> tree(std::string root_id) = 0;
  /// Trees with something to do (inbox or an action in progress) and no lease at `now`.
  virtual Task<std::vector<TreeRow>> unowned_trees(std::int64_t now) = 0;
  /// All that own a tree, their leases over or not.
  virtual Task<std::vector<std::string>> tree_owners() = 0;
  /// Ends the leases of an owner that is certainly dead.
  virtual Task<> release_trees(std::string owner) = 0;
  virtual Task<std::optional<CredentialRow>> credential(std::string id) = 0;
  /// All that were left for a tree, oldest first.
  virtual Task<std::vector<CredentialRow>> credentials(std::string root_id) = 0;
  /// Keeps the newest `keep` events of a root stack's tree, dropping older ones.
  virtual Task<> trim_events(std::string root_id, int keep) = 0;
  virtual Task<std::vector<ServiceRow>> services() = 0;  ///< by host, oldest first
  /// Removes what was deleted before `before`, with all its rows, `at_once` stacks in a commit;
  /// gives how many.
  virtual Task<int> purge(std::int64_t before, ProjectScope project = {}, int at_once = 100) = 0;
};

}  // namespace heat
