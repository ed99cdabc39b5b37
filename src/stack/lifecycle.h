#pragma once

#include <string>

#include "stack/converge.h"
#include "stack/stack.h"

namespace heat {

/// The states of a whole stack: each change is a row, an event, and what follows from it.
class Lifecycle {
 public:
  /// `default_timeout` counts where the stack has none of its own.
  Lifecycle(Stack& stack, const Means& means, Duration default_timeout)
      : stack_(stack), means_(means), default_timeout_(default_timeout) {}

  bool in_progress() const { return stack_.row.status == "IN_PROGRESS"; }

  /// UPDATE towards `definition_id`; a later failure returns to the one before.
  void begin_update(std::string definition_id);
  void begin_delete();
  /// Back to the previous definition, or to nothing where there is none.
  void begin_rollback();
  /// An update or create that its user gave up.
  void cancel();
  /// What converge came to. A create or update that failed rolls back unless that is turned off.
  void conclude(const Ending& ending);
  /// The stack can't be worked on at all.
  void fail(const Error& error);

 private:
  void begin(std::string action);
  void finish(std::string status, std::string reason);

  Stack& stack_;
  const Means& means_;
  Duration default_timeout_;
};

}  // namespace heat
