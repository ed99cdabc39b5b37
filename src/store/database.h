#pragma once

#include <string>

#include "store/sealer.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace heat {

/// One connection to the tables: the Store's words, carried out at once on the thread that asks.
/// Whoever writes opens and closes the transaction around it.
class Database {
 public:
  /// Opens the file or makes it, readable by its owner only. Throws Error.
  Database(const std::string& path, const std::string& encryption_keys);

  /// Makes or completes the tables, and checks that the keys are those of the stored secrets.
  void prepare();
  sqlite::Connection& connection() { return connection_; }

  /// What it wrote stands half done unless it gives Done: roll back to before.
  CommitResult apply(const Changes& changes);
  void trim_events(const std::string& root_id, int keep);
  /// At most `most` stacks at once; gives how many.
  int purge(std::int64_t before, const Store::ProjectScope& project, int most);

  std::optional<StackRow> stack(const Store::ProjectScope& project, const std::string& id);
  std::optional<StackRow> stack_named(const Store::ProjectScope& project, const std::string& name);
  std::vector<StackRow> stacks(const StackFilter& filter);
  std::vector<StackAndInbox> stacks_and_inboxes(const StackFilter& filter);
  std::int64_t count_stacks(const StackFilter& filter);
  std::vector<StackRow> tree_stacks(const std::string& root_id);
  std::optional<DefinitionRow> definition(const std::string& id);
  std::vector<ResourceRow> resources(const std::string& stack_id);
  bool is_claimed(const std::string& physical_id, const std::string& resource_id);
  std::vector<StepRow> steps(const std::string& resource_id);
  bool is_preceded(const std::string& resource_id, const std::string& step);
  std::vector<StepRow> stack_steps(const std::string& stack_id);
  std::vector<EventRow> events(const std::string& stack_id);
  std::vector<InboxRow> inbox(const std::string& root_id);
  std::optional<TreeRow> tree(const std::string& root_id);
  std::vector<TreeRow> unowned_trees(std::int64_t now);
  std::vector<std::string> tree_owners();
  void release_trees(const std::string& owner);
  std::optional<CredentialRow> credential(const std::string& id);
  std::vector<CredentialRow> credentials(const std::string& root_id);
  std::vector<ServiceRow> services();

 private:
  void check_keys();
  template <class Row>
  CommitResult insert(Row row);
  template <class Row>
  CommitResult update(Row row);
  CommitResult claim(const Changes::Claim& claim);
  bool owns(const Changes::Ownership& ownership);
  std::int64_t next_of(const std::string& counter);
  std::int64_t number(const std::string& sql, const std::string& parameter);

  /// All rows of `select … <tail>`, its "?" being `parameters` in order.
  template <class Row>
  std::vector<Row> all(const std::string& tail, const std::vector<Value>& parameters);
  template <class Row>
  std::optional<Row> one(const std::string& tail, const std::vector<Value>& parameters);

  sqlite::Connection connection_;
  Sealer sealer_;
};

}  // namespace heat
