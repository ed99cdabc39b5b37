#include "stack/step_journal.h"

#include <algorithm>
#include <utility>

namespace heat {

const StepRow* StepJournal::find(const std::string& name) const {
  const auto step = member_.steps.find(name);
  return step == member_.steps.end() ? nullptr : &step->second;
}

Task<> StepJournal::begin(const std::string& name) {
  StepRow step;
  step.resource_id = member_.row.id;
  step.name = name;
  step.begun_at = to_micros(means_.loop.now());
  if (!waits()) {
    member_.steps.insert_or_assign(name, std::move(step));
    co_return;
  }
  means_.ledger.put(step);
  means_.ledger.put(member_.row);
  member_.steps.insert_or_assign(name, std::move(step));
  co_await means_.ledger.settle();
  means_.ledger.check_lease(means_.lease_margin);
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

bool StepJournal::is_claimed(const std::string& physical_id) const {
  const auto members = stack_.members.all();
  return std::ranges::any_of(members, [&](const Member* other) {
    return other != &member_ && other->row.physical_id == physical_id;
  });
}

}  // namespace heat
