#include "engine/tree_work.h"

#include <utility>

#include "base/log_scope.h"
#include "stack/plan.h"

namespace heat {

TreeWork::TreeWork(Means means) : means_(means), beside_(means.loop) {}

TreeWork::~TreeWork() = default;

Task<> TreeWork::run() {
  const log::Scope scope({{"stack", means_.root_id}});
  if (!co_await claim()) co_return;
  if (stopped_) co_return co_await release();
  beside_.spawn(keep_lease());
  std::exception_ptr problem;
  try {
    co_await load();
    co_await work();
    co_await ledger_->settle();
  } catch (const OwnershipLost&) {
  } catch (...) {
    problem = std::current_exception();
    ledger_->abandon();
  }
  ended_.request();
  co_await beside_.join();
  co_await ledger_->close();
  co_await release();
  if (problem) std::rethrow_exception(problem);
}

Task<bool> TreeWork::claim() {
  auto tree = co_await means_.store.tree(means_.root_id);
  if (!tree) co_return false;
  const auto now = means_.loop.now();
  tree->owner = means_.worker_id;
  ++tree->epoch;
  tree->lease_until = to_micros(now + means_.settings.lease());
  Changes changes;
  changes.claim(*tree, to_micros(now));
  if (co_await means_.store.commit(std::move(changes)) != CommitResult::Done) co_return false;
  ledger_.emplace(means_.store, means_.loop, means_.random, *tree);
  co_return true;
}

Task<> TreeWork::load() {
  auto row = co_await means_.store.stack({}, means_.root_id);
  if (!row) throw Error(ErrorKind::EntityNotFound, "The stack " + means_.root_id + " is gone.");
  ledger_->loaded(*row);
  stack_.row = std::move(*row);
  auto rows = co_await means_.store.resources(stack_.row.id);
  auto steps = co_await means_.store.stack_steps(stack_.row.id);
  take_in(stack_, std::move(rows), std::move(steps), means_.registry, *ledger_);
  const Duration lease_margin = means_.settings.lease_margin();
  if (means_.sessions != nullptr)
    credential_.emplace(TreeCredential::Means{means_.loop, means_.store, *means_.sessions, *ledger_,
                                              stack_.row, lease_margin});
  stack_means_.emplace(heat::Means{means_.loop, means_.random, *ledger_, means_.registry,
                                   means_.claims, nullptr, means_.settings.in_flight,
                                   lease_margin});
  lifecycle_.emplace(stack_, *stack_means_, means_.settings.stack_action_timeout);
}

Task<> TreeWork::work() {
  for (;;) {
    woken_ = false;
    const bool took = co_await take_inbox();
    if (stack_.row.live && lifecycle_->in_progress()) {
      co_await converge();
    } else if (!took && !woken_) {
      break;
    }
  }
  co_await ledger_->settle();
  const int keep = means_.settings.max_events_per_stack;
  if (keep >= 0) co_await means_.store.trim_events(means_.root_id, keep);
}

Task<bool> TreeWork::take_inbox() {
  bool took = false;
  for (const InboxRow& row : co_await means_.store.inbox(means_.root_id)) {
    if (row.sequence <= taken_) continue;
    taken_ = row.sequence;
    took = true;
    apply(row);
    ledger_->erase(row);
  }
  co_return took;
}

void TreeWork::apply(const InboxRow& row) {
  StackRow& stack = stack_.row;
  if (!stack.live) return;
  const bool deleting = stack.action == "DELETE" && lifecycle_->in_progress();
  stack.request_id = row.content["request_id"].string_or("");
  if (row.kind == "delete") {
    if (!deleting) lifecycle_->begin_delete();
  } else if (row.kind == "update" && !deleting) {
    const Value& content = row.content;
    stack.disable_rollback = content["disable_rollback"].truthy();
    stack.timeout_minutes = static_cast<int>(content["timeout_mins"].as_int());
    stack.tags = content["tags"];
    lifecycle_->begin_update(content["definition_id"].as_string());
  } else if (row.kind == "cancel" && lifecycle_->in_progress()) {
    if (stack.action == "UPDATE" && row.content["rollback"].truthy()) {
      lifecycle_->begin_rollback();
    } else if (stack.action == "UPDATE" || stack.action == "CREATE") {
      lifecycle_->cancel();
    }
  }
}

std::shared_ptr<const StackDefinition> TreeWork::definition(const DefinitionRow& row) const {
  return StackDefinition::load(row, stack_.pseudo(means_.settings.region), means_.registry);
}

Task<std::shared_ptr<const StackDefinition>> TreeWork::stored_definition(std::string id) {
  const auto row = co_await means_.store.definition(id);
  if (!row) throw Error(ErrorKind::EntityNotFound, "The stack's definition " + id + " is gone.");
  co_return definition(*row);
}

Task<> TreeWork::converge() {
  const log::Scope scope({{"request_id", stack_.row.request_id}});
  std::optional<Error> broken;
  try {
    if (credential_) session_ = co_await credential_->open();
    stack_means_->session = session_.get();
    std::shared_ptr<const StackDefinition> target;
    if (stack_.row.action != "DELETE") {
      // The definition may be one that a rollback wrote just now.
      co_await ledger_->settle();
      target = co_await stored_definition(stack_.row.definition_id);
    }
    lifecycle_->conclude(co_await converge(std::move(target)));
  } catch (const Error& error) {
    broken = error;
  }
  if (broken) lifecycle_->fail(*broken);
}

Task<Ending> TreeWork::converge(std::shared_ptr<const StackDefinition> target) {
  Converge converge(stack_, *stack_means_, std::move(target));
  converge_ = &converge;
  if (woken_) wake();
  TaskGroup retiring(means_.loop);
  if (credential_) retiring.spawn(credential_->retire_others());
  Ending ending;
  std::exception_ptr problem;
  try {
    ending = co_await converge.run();
  } catch (...) {
    problem = std::current_exception();
  }
  converge_ = nullptr;
  co_await retiring.join();
  if (problem) std::rethrow_exception(problem);
  // Without a credential nothing of the stack could be deleted, so it goes last.
  if (credential_ && ending.kind == Ending::Kind::Complete && stack_.row.action == "DELETE")
    co_await credential_->end();
  co_return ending;
}

void TreeWork::wake() {
  woken_ = true;
  if (converge_ == nullptr || looking_) return;
  looking_ = true;
  beside_.spawn(look_ahead());
}

/// What came to the inbox while the walk is on: it stops, and only the waits that the newer plan
/// makes pointless are interrupted. The inbox is taken when it has stopped.
Task<> TreeWork::look_ahead() {
  std::optional<InboxRow> newest;
  for (InboxRow& row : co_await means_.store.inbox(means_.root_id))
    if (row.sequence > taken_) newest = std::move(row);
  const std::shared_ptr<Session> session = session_;
  looking_ = false;
  if (!newest || converge_ == nullptr) co_return;
  const bool all = newest->kind == "delete";
  std::set<std::string> leaving;
  if (newest->kind == "update") {
    try {
      const auto target = co_await stored_definition(newest->content["definition_id"].as_string());
      for (const auto& [name, decision] :
           co_await plan(stack_, *target, means_.registry, session.get(), true))
        if (decision.kind == Decision::Kind::Replace || decision.kind == Decision::Kind::Delete)
          leaving.insert(name);
    } catch (const Error& error) {
      log::info("could not plan ahead; what is in flight is waited for",
                {{"stack", means_.root_id}, {"why", error.what()}});
    }
  }
  if (converge_ == nullptr) co_return;
  converge_->stop([&](const Member& member) { return all || leaving.contains(member.row.name); });
}

void TreeWork::stop() {
  stopped_ = true;
  if (ledger_) ledger_->abandon();
  if (converge_ != nullptr) converge_->shut_down();
}

Task<> TreeWork::keep_lease() {
  while (!ended_.requested() && !ledger_->lost()) {
    try {
      co_await sleep_for(means_.loop, means_.settings.lease_renewal(), ended_);
      ledger_->renew(to_micros(means_.loop.now() + means_.settings.lease()));
    } catch (const Cancelled&) {
    }
  }
}

Task<> TreeWork::release() {
  TreeRow tree = ledger_->durable_tree();
  tree.owner.clear();
  tree.lease_until = 0;
  Changes changes;
  changes.ownership = Changes::Ownership{tree.root_id, tree.epoch};
  changes.update(std::move(tree));
  co_await means_.store.commit(std::move(changes));
}

}  // namespace heat
