#pragma once

#include <optional>
#include <set>
#include <string>

#include "async/cancel.h"
#include "resource/behaviour.h"
#include "stack/stack.h"

namespace heat {

enum class Action {
  Create,
  Adopt,  ///< takes what `external_id` names for the resource
  Check,  ///< throws where the thing is not as it should be
  Update,
  Delete,
};

/// What the row says is in progress, or was last; Create where it says nothing.
Action action_of(const ResourceRow& row);

/// How an action on a resource ended; its row says the same.
struct ActionEnd {
  enum class Kind {
    Complete,
    Failed,       ///< `reason` as the original words it: "NotFound: resources.a: message"
    Aborted,      ///< a wait was cancelled
    MustReplace,  ///< an update found out that it can't be made in place
  };
  Kind kind = Kind::Complete;
  std::string reason;
};

/// The actions on the resources of one stack. Each records that it is in progress, lets the type do
/// it, and records how it ended, with events. Entered again after a crash it goes on from the
/// resource's durable steps. OwnershipLost passes through, and nothing is recorded then.
class Actions {
 public:
  Actions(Stack& stack, const Means& means) : stack_(stack), means_(means) {}

  /// Towards `member.row.target`. What replaces another resource lets that one release first.
  /// `attributes` are read and stored when it is done. `why_aborted` is asked when a wait was
  /// cancelled.
  Task<ActionEnd> run(Member& member, Action action, std::set<std::string> attributes,
                      Cancel cancel, const std::string& why_aborted);
  /// Deletes it and its row. It stays outside where it is not the stack's or its policy is Retain.
  Task<ActionEnd> remove(Member& member, Cancel cancel, const std::string& why_aborted);

  /// Whether a failed resource is whole in the cloud.
  Task<bool> healthy(Member& member);
  /// Reads and stores attributes; those that can't be read are raised where they are used.
  Task<> read_attributes(Member& member, std::set<std::string> names);
  /// Turns a replacement back: `old` takes again what it had released, `current` gives it up.
  Task<ActionEnd> restore(Member& current, Member& old, Cancel cancel);

  /// What it is to become can't be told: the action fails before it begins.
  ActionEnd refuse(Member& member, const Error& error);
  /// An effect that was begun may have happened, and only its id tells what to delete or change.
  /// Enters the action again with its cancellation already asked for: effects are looked for, none
  /// is performed. Gives the error that kept it from finding out; its steps stay open then.
  Task<std::optional<Error>> settle_open_steps(Member& member);
  /// Ends an action whose waits are not worth finishing, looking for effects it began.
  Task<> abort(Member& member, std::string why);

 private:
  Task<> perform(Member& member, Resource& resource, Action action, Cancel cancel);
  void finish(Member& member, Action action);
  std::string reason_of(const Member& member, const Error& error) const;

  Stack& stack_;
  const Means& means_;
};

}  // namespace heat
