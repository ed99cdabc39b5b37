#include "stack/stack.h"

#include <utility>

#include "base/log.h"
#include "resource/resource.h"

namespace heat {

namespace {

/// What a resource that is not there yet is told of by: the name it is to have.
std::string name_to_be(const Stack& stack, const Member& member) {
  const std::size_t limit = member.type == nullptr ? 0 : member.type->name_limit;
  return physical_name(stack.row.name, member.row.name, member.row.id, limit);
}

}  // namespace

void take_in(Stack& stack, std::vector<ResourceRow> rows, std::vector<StepRow> steps,
             const Registry& registry, Ledger& ledger) {
  for (ResourceRow& row : rows) {
    ledger.loaded(row);
    auto type = registry.find(row.type);
    stack.members.add(std::move(row), std::move(type));
  }
  for (StepRow& step : steps) {
    ledger.loaded(step);
    if (Member* member = stack.members.find(step.resource_id))
      member->steps.insert_or_assign(step.name, std::move(step));
  }
}

EventRow stack_event(const StackRow& row) {
  EventRow event;
  event.stack_id = row.id;
  event.resource_name = row.name;
  event.resource_id = row.id;
  event.physical_id = row.id;
  event.resource_type = "OS::Heat::Stack";
  event.action = row.action;
  event.status = row.status;
  event.reason = row.status_reason;
  return event;
}

void set_state(Stack& stack, Ledger& ledger, std::string action, std::string status,
               std::string reason) {
  stack.row.action = std::move(action);
  stack.row.status = std::move(status);
  stack.row.status_reason = std::move(reason);
  ledger.put(stack.row);
  ledger.put(stack_event(stack.row));
  if (ledger.lost()) return;  // nobody will know of it
  log::info("stack " + stack.row.action + " " + stack.row.status,
            {{"stack", stack.row.id},
             {"name", stack.row.name},
             {"project", stack.row.project_id},
             {"reason", stack.row.status_reason}});
}

void set_state(const Stack& stack, Member& member, Ledger& ledger, std::string action,
               std::string status, std::string reason) {
  member.row.action = std::move(action);
  member.row.status = std::move(status);
  member.row.status_reason = std::move(reason);
  ledger.put(member.row);
  if (!ledger.lost())
    log::debug("resource " + member.row.action + " " + member.row.status,
               {{"stack", stack.row.id},
                {"resource", member.row.name},
                {"reason", member.row.status_reason}});
  EventRow event;
  event.stack_id = stack.row.id;
  event.resource_name = member.row.name;
  event.resource_id = member.row.id;
  event.physical_id =
      member.row.physical_id.empty() ? name_to_be(stack, member) : member.row.physical_id;
  event.resource_type = member.row.shown_type();
  event.action = member.row.action;
  event.status = member.row.status;
  event.reason = member.row.status_reason;
  event.properties = member.row.target.is_null() ? member.row.properties : member.row.target;
  ledger.put(std::move(event));
}

}  // namespace heat
