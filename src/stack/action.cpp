#include "stack/action.h"

#include <exception>
#include <utility>

#include "base/log_scope.h"
#include "stack/decide.h"
#include "stack/step_journal.h"

namespace heat {

namespace {

const char* name_of(Action action) {
  switch (action) {
    case Action::Create:
      return "CREATE";
    case Action::Adopt:
      return "ADOPT";
    case Action::Check:
      return "CHECK";
    case Action::Update:
      return "UPDATE";
    case Action::Delete:
      return "DELETE";
  }
  check_failed("an action without a name", std::source_location::current());
}

}  // namespace

Action action_of(const ResourceRow& row) {
  for (const Action action : {Action::Adopt, Action::Check, Action::Update, Action::Delete})
    if (row.action == name_of(action)) return action;
  return Action::Create;
}

std::string Actions::reason_of(const Member& member, const Error& error) const {
  Path path = error.path();
  if (path.size() < 2 || path[0] != "resources" || path[1] != member.row.name)
    path = {"resources", member.row.name};
  return std::string(error.kind_name()) + ": " + to_string(path) + ": " + error.message();
}

Task<ActionEnd> Actions::run(Member& member, Action action, std::set<std::string> attributes,
                             Cancel cancel, const std::string& why_aborted) {
  const log::Scope scope({{"resource", member.row.name}});
  const std::string name = name_of(action);
  if (!member.in(name, "IN_PROGRESS")) {
    means_.ledger.erase_steps(member.row.id);
    member.steps.clear();
    set_state(stack_, member, means_.ledger, name, "IN_PROGRESS", "state changed");
  }
  ActionEnd end;
  try {
    if (member.type == nullptr)
      throw Error(ErrorKind::EntityNotFound,
                  "The resource type " + member.row.type + " is not known here any more.");
    StepJournal journal(stack_, member, means_);
    Resource resource(*member.type, member.row, stack_.row, means_.session, means_.loop,
                      means_.random, journal, cancel);
    co_await perform(member, resource, action, cancel);
  } catch (const OwnershipLost&) {
    throw;
  } catch (const Cancelled&) {
    end = {ActionEnd::Kind::Aborted, name + " aborted (" + why_aborted + ")"};
  } catch (const MustReplace& must) {
    end = {ActionEnd::Kind::MustReplace, must.reason};
  } catch (const Error& error) {
    end = {ActionEnd::Kind::Failed, reason_of(member, error)};
  } catch (const std::exception& error) {
    end = {ActionEnd::Kind::Failed, "Error: resources." + member.row.name + ": " + error.what()};
  }
  if (means_.ledger.lost()) throw OwnershipLost();
  if (end.kind == ActionEnd::Kind::Failed || end.kind == ActionEnd::Kind::Aborted) {
    set_state(stack_, member, means_.ledger, name, "FAILED", end.reason);
    co_return end;
  }
  if (end.kind == ActionEnd::Kind::MustReplace) {
    member.row.target = Value();
    set_state(stack_, member, means_.ledger, name, "COMPLETE", end.reason);
    co_return end;
  }
  if (action == Action::Create || action == Action::Update)
    member.row.properties = std::exchange(member.row.target, Value());
  if (action != Action::Delete) co_await read_attributes(member, std::move(attributes));
  finish(member, action);
  co_return end;
}

Task<> Actions::perform(Member& member, Resource& resource, Action action, Cancel cancel) {
  Behaviour& behaviour = *member.type->behaviour;
  switch (action) {
    case Action::Create: {
      // Where its own creation has begun, the one it replaces has let go before.
      if (Member* old = stack_.members.find(member.row.replaces);
          old != nullptr && old->type != nullptr && old->ours() && !old->row.physical_id.empty() &&
          member.steps.empty()) {
        StepJournal journal(stack_, *old, means_);
        Resource released(*old->type, old->row, stack_.row, means_.session, means_.loop,
                          means_.random, journal, cancel);
        co_await old->type->behaviour->release(released);
      }
      co_await behaviour.create(resource);
      break;
    }
    case Action::Adopt:
      resource.set_physical_id(member.row.external_id);
      break;
    case Action::Check:
      co_await behaviour.check(resource);
      break;
    case Action::Update: {
      auto changes = differences(member.row.properties, member.row.target);
      if (!changes.empty()) co_await behaviour.update(resource, std::move(changes));
      break;
    }
    case Action::Delete:
      if (!member.ours() || member.row.deletion_policy == "Retain") break;
      // What never came to be what it was to be is not worth saving.
      if (member.row.deletion_policy == "Snapshot" && member.row.target.is_null())
        co_await behaviour.preserve(resource);
      co_await behaviour.remove(resource);
      break;
  }
}

void Actions::finish(Member& member, Action action) {
  member.steps.clear();
  set_state(stack_, member, means_.ledger, name_of(action), "COMPLETE", "state changed");
  if (action == Action::Delete) {
    means_.ledger.erase(member.row);
    stack_.members.remove(member);
  } else {
    means_.ledger.erase_steps(member.row.id);
  }
}

Task<ActionEnd> Actions::remove(Member& member, Cancel cancel, const std::string& why_aborted) {
  if (!member.exists()) {
    means_.ledger.erase(member.row);
    stack_.members.remove(member);
    co_return ActionEnd{};
  }
  if (member.row.action != "DELETE" && member.open_step() && member.type != nullptr) {
    if (const auto unclear = co_await settle_open_steps(member)) {
      const ActionEnd end{ActionEnd::Kind::Failed, reason_of(member, *unclear)};
      set_state(stack_, member, means_.ledger, member.row.action, "FAILED", end.reason);
      co_return end;
    }
  }
  // The target stays: what was half made or half changed can only be taken away knowing what it
  // was to be.
  co_return co_await run(member, Action::Delete, {}, cancel, why_aborted);
}

Task<std::optional<Error>> Actions::settle_open_steps(Member& member) {
  Cancel cancelled;
  cancelled.request();
  StepJournal journal(stack_, member, means_);
  Resource resource(*member.type, member.row, stack_.row, means_.session, means_.loop,
                    means_.random, journal, cancelled);
  const Action action = member.row.action == "UPDATE" ? Action::Update : Action::Create;
  std::optional<Error> unclear;
  try {
    co_await perform(member, resource, action, cancelled);
  } catch (const Cancelled&) {
    // What it got to is in its row; the rest it never began.
  } catch (const MustReplace&) {
  } catch (const Error& error) {
    unclear = error;
  }
  co_await journal.save();
  co_return unclear;
}

ActionEnd Actions::refuse(Member& member, const Error& error) {
  const ActionEnd end{ActionEnd::Kind::Failed, reason_of(member, error)};
  set_state(stack_, member, means_.ledger, member.exists() ? "UPDATE" : "CREATE", "FAILED",
            end.reason);
  return end;
}

Task<> Actions::abort(Member& member, std::string why) {
  // Where it can't be told now, its steps stay open, and the clean-up looks again.
  if (member.open_step() && member.type != nullptr) co_await settle_open_steps(member);
  std::string action = member.row.action;
  set_state(stack_, member, means_.ledger, action, "FAILED", action + " aborted (" + why + ")");
}

Task<bool> Actions::healthy(Member& member) {
  if (member.type == nullptr) co_return false;
  try {
    StepJournal journal(stack_, member, means_);
    Resource resource(*member.type, member.row, stack_.row, means_.session, means_.loop,
                      means_.random, journal, Cancel());
    co_return co_await member.type->behaviour->healthy(resource);
  } catch (const Error& error) {
    log::info("could not look at a failed resource",
              {{"stack", stack_.row.id}, {"resource", member.row.name}, {"why", error.what()}});
  }
  co_return false;
}

Task<> Actions::read_attributes(Member& member, std::set<std::string> names) {
  if (names.erase("*") > 0 && member.type != nullptr)
    for (const auto& [name, schema] : member.type->attributes) names.insert(name);
  if (names.empty()) co_return;
  Map values = member.row.attributes.is_map() ? member.row.attributes.as_map() : Map();
  std::optional<Error> failed;
  try {
    StepJournal journal(stack_, member, means_);
    Resource resource(*member.type, member.row, stack_.row, means_.session, means_.loop,
                      means_.random, journal, Cancel());
    const Map read = co_await member.type->behaviour->attributes(resource, names);
    for (const auto& name : names) {
      const Value* value = read.find(name);
      values.set(name, value == nullptr ? Value() : *value);
      member.unreadable.erase(name);
    }
  } catch (const Error& error) {
    failed = error;
  }
  if (failed)
    for (const auto& name : names) member.unreadable.insert_or_assign(name, *failed);
  member.row.attributes = std::move(values);
  means_.ledger.put(member.row);
}

Task<ActionEnd> Actions::restore(Member& current, Member& old, Cancel cancel) {
  ActionEnd end;
  try {
    StepJournal of_current(stack_, current, means_), of_old(stack_, old, means_);
    Resource leaving(*current.type, current.row, stack_.row, means_.session, means_.loop,
                     means_.random, of_current, cancel);
    Resource returning(*old.type, old.row, stack_.row, means_.session, means_.loop, means_.random,
                       of_old, cancel);
    // Nothing is built yet on what was not finished, and it may not be able to let go: it goes.
    const bool finished = current.row.action != "CREATE" || current.row.status == "COMPLETE";
    if (current.ours()) {
      if (!finished && current.row.deletion_policy != "Retain")
        co_await current.type->behaviour->remove(leaving);
      else if (!current.row.physical_id.empty())
        co_await current.type->behaviour->release(leaving);
    }
    if (old.ours()) co_await old.type->behaviour->reclaim(returning);
  } catch (const Cancelled&) {
    end = {ActionEnd::Kind::Aborted, "timed out"};
  } catch (const Error& error) {
    end = {ActionEnd::Kind::Failed, reason_of(old, error)};
  }
  if (means_.ledger.lost()) throw OwnershipLost();
  if (end.kind != ActionEnd::Kind::Complete) co_return end;
  current.row.replaces.clear();
  current.row.replaced_by = old.row.id;
  old.row.replaced_by.clear();
  means_.ledger.erase_steps(old.row.id);
  old.steps.clear();
  means_.ledger.put(current.row);
  means_.ledger.put(old.row);
  stack_.members.make_current(old);
  co_return end;
}

}  // namespace heat
