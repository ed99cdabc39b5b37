#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "stack/action.h"
#include "stack/decide.h"
#include "stack/graph_walk.h"
#include "stack/scope.h"
#include "stack/stack.h"

namespace heat {

/// How the work on a stack ended.
struct Ending {
  enum class Kind {
    Complete,
    Failed,  ///< `reason`: "Resource CREATE failed: NotFound: resources.a: message"
    TimedOut,
    Stopped,  ///< asked to; the stack is as far as it came
  };
  Kind kind = Kind::Complete;
  std::string reason;
};

/// Brings a stack to what it is to be: first what is new or changed, everything that is ready at
/// once; then what is no longer wanted goes, in reverse. It works from the rows as they are, so it
/// is the same for a create, an update, a rollback, a delete, and each of them after a crash.
class Converge {
 public:
  /// `target` null: nothing is to be left.
  Converge(Stack& stack, const Means& means, std::shared_ptr<const StackDefinition> target);

  /// Throws OwnershipLost.
  Task<Ending> run();
  /// Nothing new starts, and what is in flight finishes; only the waits of resources that
  /// `pointless` names are interrupted: a newer plan deletes or replaces them.
  void stop(const std::function<bool(const Member&)>& pointless);
  /// As stop() with everything interrupted, leaving the rows as they are in progress.
  void shut_down();

 private:
  struct Ended {  // thrown by a visit: an action did not complete
    std::string reason;
  };

  // The way forward: converge_forward.cpp.
  Task<> forward();
  Task<> turn(std::size_t node);
  Task<> settle_earlier(Member& member, const Wanted& wanted);
  Task<Wanted> want(std::size_t node);
  Task<Value> evaluate(std::size_t node, const Expression& expression);
  Task<> provide(std::size_t node, const Missing& missing);
  Task<Decision> decide_now(Member* current, const Wanted& wanted);
  Task<> carry_out(std::size_t node, Member& current, Decision decision, Wanted wanted);
  Task<> read_newly_used(std::size_t node, Member& member);
  Task<> make(std::size_t node, Member& member, const Wanted& wanted);
  Task<> replace(std::size_t node, Member& current, const Wanted& wanted);
  Task<bool> return_to_replaced(Member& current, const Wanted& wanted);
  void aim(std::size_t node, Member& member, const Wanted& wanted);
  Task<ActionEnd> act(std::size_t node, Member& member, Action action);
  void add_rows();
  std::vector<std::string> requirements(std::size_t node) const;
  const std::string& name(std::size_t node) const;

  // The way back: converge_cleanup.cpp.
  Task<> clean_up();
  Task<> remove(Member& member);
  bool wanted(const Member& member) const;

  Task<> finish_in_flight();
  Task<> finish(Member& member);
  Cancel watched(const Member& member);
  void unwatch(const std::string& id);
  Task<> walk(Graph graph, GraphWalk::Visit visit);
  bool interrupted() const { return stopping_ || timed_out_ || failure_; }
  Ending ending() const;

  Stack& stack_;
  const Means& means_;
  std::shared_ptr<const StackDefinition> target_;
  Actions actions_;
  std::optional<RunScope> scope_;
  std::unique_ptr<GraphWalk> walk_;
  std::map<std::string, Cancel> running_;  // by resource id
  std::optional<std::string> failure_;
  std::string why_aborted_;
  bool stopping_ = false;
  bool timed_out_ = false;
};

}  // namespace heat
