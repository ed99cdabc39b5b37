#include "stack/step_journal.h"

#include <algorithm>
#include <utility>

namespace heat {

namespace {

/// Whether a resource keeps an id in its data, as a server those of its ports.
bool keeps(const ResourceRow& row, const std::string& id) {
  if (!row.data.is_map()) return false;
  return std::ranges::any_of(row.data.as_map(), [&](const auto& entry) {
    return entry.value.string_or("").find(id) != std::string::npos;
  });
}

}  // namespace

const StepRow* StepJournal::find(const std::string& name) const {
  const auto step = member_.steps.find(name);
  return step == member_.steps.end() ? nullptr : &step->second;
}

Task<> StepJournal::begin(const std::string& name, const std::string& looks) {
  StepRow step;
  step.resource_id = member_.row.id;
  step.name = name;
  step.begun_at = to_micros(means_.loop.now());
  if (!looks.empty()) step.looks = Claims::number(within_project(looks));
  if (!waits()) {
    member_.steps.insert_or_assign(name, std::move(step));
    co_return;
  }
  means_.ledger.put(step);
  means_.ledger.put(member_.row);
  member_.steps.insert_or_assign(name, std::move(step));
  co_await settle();
}

Task<> StepJournal::finish(const std::string& name, Value result) {
  StepRow& step = member_.steps[name];
  step.resource_id = member_.row.id;
  step.name = name;
  step.done = true;
  step.result = std::move(result);
  means_.ledger.put(step);
  means_.ledger.put(member_.row);
  co_return;
}

Task<> StepJournal::save() {
  means_.ledger.put(member_.row);
  co_return;
}

Task<Semaphore::Permit> StepJournal::turn(std::string looks) {
  return means_.claims.turn(within_project(looks));
}

Task<bool> StepJournal::is_preceded(std::string name) {
  // What we say of ourselves is what others go by.
  co_await settle();
  co_return co_await means_.claims.is_preceded(member_.row.id, std::move(name));
}

std::string StepJournal::within_project(const std::string& looks) const {
  return stack_.row.project_id + " " + looks;
}

Task<> StepJournal::settle() {
  if (!waits()) co_return;
  co_await means_.ledger.settle();
  means_.ledger.check_lease(means_.lease_margin);
}

Task<bool> StepJournal::is_claimed(std::string id) {
  for (const auto& [name, step] : member_.steps)
    if (!step.done && step.looks != 0 && co_await is_preceded(name))
      throw Error(ErrorKind::PhysicalResourceNameAmbiguity,
                  "What resource " + member_.row.name +
                      " made can't be told apart from what another stack is just making. Try "
                      "again.");
  // What this stack's rows say may not be stored yet.
  for (const Member* other : stack_.members.all())
    if (other != &member_ && (other->row.physical_id == id || keeps(other->row, id)))
      co_return true;
  co_return co_await means_.claims.is_claimed(id, member_.row.id);
}

}  // namespace heat
