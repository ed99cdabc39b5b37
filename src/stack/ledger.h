#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "async/loop.h"
#include "async/task_group.h"
#include "base/random.h"
#include "store/store.h"

namespace heat {

/// Another worker took the tree, or this one is to stop: everything that works for the tree unwinds
/// without writing. Not an Error: nothing failed.
struct OwnershipLost : std::exception {
  const char* what() const noexcept override { return "the stack tree is no longer ours"; }
};

/// What the owner of a tree of stacks writes, in order. While one commit is on its way the next one
/// gathers, and several writes of one row in it become one; events are numbered without a gap in
/// the commit that holds the row they tell of.
class Ledger {
 public:
  /// `tree` as it was claimed.
  Ledger(Store& store, Loop& loop, Random& random, TreeRow tree);
  ~Ledger();

  /// As the store has it after what was durable last.
  const TreeRow& durable_tree() const { return durable_tree_; }

  void put(const StackRow& row);
  void put(const ResourceRow& row);  ///< inserted where it was never put nor loaded
  void put(const StepRow& row);
  void put(const DefinitionRow& row);
  void put(const CredentialRow& row);
  void erase(const ResourceRow& row);  ///< with its steps
  void erase(const InboxRow& row);
  void erase(const CredentialRow& row);
  void erase_steps(const std::string& resource_id);
  /// Gets its id, its sequence and its time here.
  void put(EventRow event);
  void renew(std::int64_t lease_until);

  /// Rows read from the store, so that the next put is an update of them.
  void loaded(const StackRow& row);
  void loaded(const ResourceRow& row);
  void loaded(const StepRow& row);
  void loaded(const CredentialRow& row);

  /// Completes when all that was put before is durable. Throws OwnershipLost.
  Task<> settle();
  /// Throws OwnershipLost where the lease may be over before an effect of `margin` is.
  void check_lease(Duration margin) const;
  /// Nothing is written from here on; whoever waits or checks gets OwnershipLost.
  void abandon();
  bool lost() const { return lost_; }
  /// Joins what is being written; call before the destructor.
  Task<> close();

 private:
  enum class Kind { Insert, Update, Erase, EraseSteps, Nothing };
  /// One row's change that waits for the next commit.
  struct Pending {
    Kind kind;
    AnyRow row;
  };

  void add(const std::string& key, AnyRow row);
  void remove(const std::string& key, AnyRow row);
  void append(const std::string& key, Kind kind, AnyRow row);
  void wake();
  Task<> write();
  Changes cut();

  Store& store_;
  Loop& loop_;
  Random& random_;
  TreeRow tree_;
  TreeRow durable_tree_;
  bool tree_changed_ = false;
  bool lost_ = false;
  bool writing_ = false;
  std::uint64_t gathering_ = 0;  // number of the commit that gathers now
  std::uint64_t durable_ = 0;    // commits below this number are durable
  std::size_t waiting_ = 0;      // tasks that wait for the disk
  std::deque<Pending> pending_;  // a row is large: nothing is moved as it grows
  std::unordered_map<std::string, std::size_t> place_;    // key → index in pending_
  std::unordered_map<std::string, std::int64_t> stored_;  // key → version, pending included
  std::unordered_map<std::string, std::vector<std::string>> steps_of_;  // resource → keys
  Signal written_;
  TaskGroup writer_;
};

}  // namespace heat
