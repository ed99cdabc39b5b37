#include "stack/converge.h"

#include <utility>

#include "stack/dependencies.h"

namespace heat {

Converge::Converge(Stack& stack, const Means& means, std::shared_ptr<const StackDefinition> target)
    : stack_(stack), means_(means), target_(std::move(target)), actions_(stack, means) {}

namespace {

/// Calls back at the stack's deadline unless it is destroyed before.
class Deadline {
 public:
  Deadline(Loop& loop, std::int64_t deadline, std::function<void()> passed) : loop_(loop) {
    if (deadline == 0) return;
    const auto left = from_micros(deadline) - loop.now();
    timer_ = loop.call_after(std::max(Duration(left), Duration::zero()), std::move(passed));
  }
  ~Deadline() {
    if (timer_) loop_.cancel_timer(*timer_);
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  Loop& loop_;
  std::optional<Loop::TimerId> timer_;
};

}  // namespace

Task<Ending> Converge::run() {
  const Deadline deadline(means_.loop, stack_.row.deadline, [this] {
    stop([](const Member&) { return true; });
    timed_out_ = true;
    stopping_ = false;
    why_aborted_ = "timed out";
  });
  if (target_ != nullptr) co_await forward();
  if (!interrupted()) co_await clean_up();
  if (failure_ || timed_out_) co_await finish_in_flight();
  if (means_.ledger.lost()) throw OwnershipLost();
  co_return ending();
}

Task<> Converge::walk(Graph graph, GraphWalk::Visit visit) {
  walk_ = std::make_unique<GraphWalk>(means_.loop, std::move(graph), means_.in_flight,
                                      std::move(visit));
  if (interrupted()) walk_->stop();
  try {
    co_await walk_->run();
  } catch (const Ended& ended) {
    failure_ = ended.reason;
  }
  if (!walk_->all_done() && !failure_ && !timed_out_) stopping_ = true;
}

/// What was in flight when an engine went away, and had no turn since, ends as it would have.
Task<> Converge::finish_in_flight() {
  TaskGroup tasks(means_.loop);
  for (Member* member : stack_.members.all())
    if (member->row.status == "IN_PROGRESS") tasks.spawn(finish(*member));
  co_await tasks.join();
}

Task<> Converge::finish(Member& member) {
  const std::string id = member.row.id;
  const Cancel cancel = watched(member);
  if (timed_out_) cancel.request();
  std::set<std::string> attributes;
  if (wanted(member)) attributes = target_->used_of(member.row.name);
  if (member.row.action == "DELETE") {
    co_await actions_.remove(member, cancel, why_aborted_);
  } else {
    co_await actions_.run(member, action_of(member.row), std::move(attributes), cancel,
                          why_aborted_);
  }
  unwatch(id);
}

void Converge::stop(const std::function<bool(const Member&)>& pointless) {
  stopping_ = true;
  why_aborted_ = "superseded";
  if (walk_ != nullptr) walk_->stop();
  for (const auto& [id, cancel] : running_)
    if (const Member* member = stack_.members.find(id); member != nullptr && pointless(*member))
      cancel.request();
}

void Converge::shut_down() {
  means_.ledger.abandon();
  stop([](const Member&) { return true; });
}

Cancel Converge::watched(const Member& member) {
  return running_.insert_or_assign(member.row.id, Cancel()).first->second;
}

void Converge::unwatch(const std::string& id) { running_.erase(id); }

Ending Converge::ending() const {
  if (timed_out_) return {Ending::Kind::TimedOut, "Timed out"};
  if (stopping_) return {Ending::Kind::Stopped, ""};
  if (failure_) return {Ending::Kind::Failed, *failure_};
  return {};
}

const std::string& Converge::name(std::size_t node) const {
  return target_->members()[node].definition->name;
}

}  // namespace heat
