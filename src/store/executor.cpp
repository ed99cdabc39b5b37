#include "store/executor.h"

#include <coroutine>
#include <optional>

namespace heat {

namespace {

/// Waits until `work` was done on a reading connection.
template <class T>
struct Read {
  Executor& executor;
  Loop& loop;
  std::function<T(Database&)> work;
  std::optional<T> result{};
  std::exception_ptr problem{};

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    executor.read([this, waiting](Database& database) {
      try {
        result.emplace(work(database));
      } catch (...) {
        problem = std::current_exception();
      }
      loop.post(waiting);
    });
  }
  T await_resume() {
    if (problem) std::rethrow_exception(problem);
    return std::move(*result);
  }
};

/// Waits until `work` was done within a transaction and is durable.
struct Written {
  Executor& executor;
  Loop& loop;
  std::function<CommitResult(Database&)> work;
  bool relaxed = false;
  CommitResult result{};
  std::exception_ptr problem{};

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    const auto done = [this, waiting](CommitResult given, std::exception_ptr thrown) {
      result = given;
      problem = thrown;
      loop.post(waiting);
    };
    executor.write({std::move(work), done, relaxed});
  }
  CommitResult await_resume() const {
    if (problem) std::rethrow_exception(problem);
    return result;
  }
};

class LoopStore final : public Store {
 public:
  LoopStore(Executor& executor, Loop& loop) : executor_(executor), loop_(loop) {}

  Task<CommitResult> commit(Changes changes) override {
    const bool relaxed = changes.relaxed;
    co_return co_await Written{
        executor_, loop_,
        [changes = std::move(changes)](Database& db) { return db.apply(changes); }, relaxed};
  }

  Task<std::optional<StackRow>> stack(ProjectScope project, std::string id) override {
    return read<std::optional<StackRow>>([=](Database& db) { return db.stack(project, id); });
  }
  Task<std::optional<StackRow>> stack_named(ProjectScope project, std::string name) override {
    return read<std::optional<StackRow>>(
        [=](Database& db) { return db.stack_named(project, name); });
  }
  Task<std::vector<StackRow>> stacks(StackFilter filter) override {
    return read<std::vector<StackRow>>([=](Database& db) { return db.stacks(filter); });
  }
  Task<std::vector<StackAndInbox>> stacks_and_inboxes(StackFilter filter) override {
    return read<std::vector<StackAndInbox>>(
        [=](Database& db) { return db.stacks_and_inboxes(filter); });
  }
  Task<std::int64_t> count_stacks(StackFilter filter) override {
    return read<std::int64_t>([=](Database& db) { return db.count_stacks(filter); });
  }
  Task<std::vector<StackRow>> tree_stacks(std::string root_id) override {
    return read<std::vector<StackRow>>([=](Database& db) { return db.tree_stacks(root_id); });
  }
  Task<std::optional<DefinitionRow>> definition(std::string id) override {
    return read<std::optional<DefinitionRow>>([=](Database& db) { return db.definition(id); });
  }
  Task<std::vector<ResourceRow>> resources(std::string stack_id) override {
    return read<std::vector<ResourceRow>>([=](Database& db) { return db.resources(stack_id); });
  }
  Task<bool> is_claimed(std::string physical_id, std::string resource_id) override {
    return read<bool>([=](Database& db) { return db.is_claimed(physical_id, resource_id); });
  }
  Task<std::vector<StepRow>> steps(std::string resource_id) override {
    return read<std::vector<StepRow>>([=](Database& db) { return db.steps(resource_id); });
  }
  Task<bool> is_preceded(std::string resource_id, std::string step) override {
    return read<bool>([=](Database& db) { return db.is_preceded(resource_id, step); });
  }
  Task<std::vector<StepRow>> stack_steps(std::string stack_id) override {
    return read<std::vector<StepRow>>([=](Database& db) { return db.stack_steps(stack_id); });
  }
  Task<std::vector<EventRow>> events(std::string stack_id) override {
    return read<std::vector<EventRow>>([=](Database& db) { return db.events(stack_id); });
  }
  Task<std::vector<InboxRow>> inbox(std::string root_id) override {
    return read<std::vector<InboxRow>>([=](Database& db) { return db.inbox(root_id); });
  }
  Task<std::optional<TreeRow>> tree(std::string root_id) override {
    return read<std::optional<TreeRow>>([=](Database& db) { return db.tree(root_id); });
  }
  Task<std::vector<TreeRow>> unowned_trees(std::int64_t now) override {
    return read<std::vector<TreeRow>>([=](Database& db) { return db.unowned_trees(now); });
  }
  Task<std::vector<std::string>> tree_owners() override {
    return read<std::vector<std::string>>([](Database& db) { return db.tree_owners(); });
  }
  Task<> release_trees(std::string owner) override {
    const auto release = [owner](Database& db) {
      db.release_trees(owner);
      return CommitResult::Done;
    };
    co_await Written{executor_, loop_, release};
  }
  Task<std::optional<CredentialRow>> credential(std::string id) override {
    return read<std::optional<CredentialRow>>([=](Database& db) { return db.credential(id); });
  }
  Task<std::vector<CredentialRow>> credentials(std::string root_id) override {
    return read<std::vector<CredentialRow>>([=](Database& db) { return db.credentials(root_id); });
  }

  Task<> trim_events(std::string root_id, int keep) override {
    const auto trim = [root_id, keep](Database& db) {
      db.trim_events(root_id, keep);
      return CommitResult::Done;
    };
    co_await Written{executor_, loop_, trim, true};
  }

  Task<std::vector<ServiceRow>> services() override {
    return read<std::vector<ServiceRow>>([](Database& db) { return db.services(); });
  }

  Task<int> purge(std::int64_t before, ProjectScope project, int at_once) override {
    int all = 0;
    for (int purged = at_once; purged == at_once; all += purged) {
      const auto some = [before, &project, at_once, &purged](Database& db) {
        purged = db.purge(before, project, at_once);
        return CommitResult::Done;
      };
      co_await Written{executor_, loop_, some};
    }
    co_return all;
  }

 private:
  template <class T>
  Task<T> read(std::function<T(Database&)> work) {
    co_return co_await Read<T>{executor_, loop_, std::move(work)};
  }

  Executor& executor_;
  Loop& loop_;
};

}  // namespace

std::unique_ptr<Store> make_store(Executor& executor, Loop& loop) {
  return std::make_unique<LoopStore>(executor, loop);
}

}  // namespace heat
