#include "stack/lifecycle.h"

#include <utility>

namespace heat {

void Lifecycle::begin(std::string action) {
  const Duration timeout = stack_.row.timeout_minutes > 0
                               ? Duration(std::chrono::minutes(stack_.row.timeout_minutes))
                               : default_timeout_;
  stack_.row.deadline =
      timeout > Duration::zero() ? to_micros(means_.loop.now() + timeout) : std::int64_t{0};
  const std::string reason = "Stack " + action + " started";
  set_state(stack_, means_.ledger, std::move(action), "IN_PROGRESS", reason);
}

void Lifecycle::finish(std::string status, std::string reason) {
  stack_.row.deadline = 0;
  // What an engine that went away was at, and nobody is to go on with. Its steps stay open: whoever
  // works on it next looks for their effects.
  for (Member* member : stack_.members.all())
    if (member->row.status == "IN_PROGRESS")
      set_state(stack_, *member, means_.ledger, member->row.action, "FAILED",
                member->row.action + " aborted (" + reason + ")");
  set_state(stack_, means_.ledger, stack_.row.action, std::move(status), std::move(reason));
}

void Lifecycle::begin_update(std::string definition_id) {
  stack_.row.previous_definition_id = std::exchange(stack_.row.definition_id, definition_id);
  stack_.row.updated_at = to_micros(means_.loop.now());
  begin("UPDATE");
}

void Lifecycle::begin_delete() { begin("DELETE"); }

void Lifecycle::begin_rollback() {
  std::string target = std::exchange(stack_.row.previous_definition_id, "");
  if (target.empty()) {
    DefinitionRow nothing;
    nothing.id = target = means_.random.uuid();
    nothing.template_source = Map{{"heat_template_version", "2013-05-23"}};
    nothing.environment = Map();
    nothing.files = Map();
    nothing.parameters = Map();
    means_.ledger.put(nothing);
  }
  stack_.row.definition_id = std::move(target);
  stack_.row.updated_at = to_micros(means_.loop.now());
  begin("ROLLBACK");
}

void Lifecycle::cancel() { finish("FAILED", "Stack " + stack_.row.action + " cancelled"); }

void Lifecycle::fail(const Error& error) { finish("FAILED", error.what()); }

void Lifecycle::conclude(const Ending& ending) {
  StackRow& row = stack_.row;
  if (ending.kind == Ending::Kind::Stopped) return;
  if (ending.kind == Ending::Kind::Complete) {
    row.previous_definition_id.clear();
    if (row.action == "DELETE") {
      row.live = false;
      row.deleted_at = to_micros(means_.loop.now());
    }
    return finish("COMPLETE", "Stack " + row.action + " completed successfully");
  }
  finish("FAILED", ending.reason);
  if (!row.disable_rollback && (row.action == "CREATE" || row.action == "UPDATE")) begin_rollback();
}

}  // namespace heat
