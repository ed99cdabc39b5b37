#include <utility>

#include "engine/definition_request.h"
#include "engine/engine.h"
#include "engine/listing.h"
#include "engine/stack_arguments.h"
#include "engine/views.h"
#include "resource/properties.h"
#include "stack/dependencies.h"
#include "stack/evaluate.h"
#include "stack/plan.h"
#include "stack/scope.h"

// What would come of a request, had it been made.

namespace heat {

namespace {

Value planned(const std::string& name, const Decision& decision) {
  Map changes;
  for (const auto& [property, value] : decision.changes)
    changes.set(property, contains_unknown(value) ? Value("(not known yet)") : value);
  return Map{{"resource_name", name},
             {"action", to_string(decision.kind)},
             {"changes", changes},
             {"why", decision.why}};
}

}  // namespace

Task<Value> Engine::preview_stack(Context context, StackRequest request) {
  check_stack_name(request.name);
  co_await refuse_taken_name(context, request.name);
  StackRow row;
  row.id = parts_.random.uuid();
  row.project_id = context.project_id;
  row.name = request.name;
  row.owner_name = context.user_name;
  row.created_at = to_micros(parts_.loop.now());
  StackArguments::read(request.args).apply(row);
  const DefinitionRow definition_row = definition_of(
      co_await with_template(std::move(request)), nullptr, parts_.random.uuid(), parts_.settings);
  const auto session = session_of(context);
  const Members none;
  const auto definition = co_await accept(definition_row, pseudo(row), parts_.registry, none,
                                          reach(session.get()), parts_.loop);
  const Value outputs = co_await shown_outputs(*definition, none, session.get());
  Map view = shown_stack(row, *definition, outputs).as_map();
  for (const char* key : {"stack_action", "stack_status", "stack_status_reason"}) view.erase(key);
  List resources;
  ShownScope scope(*definition, none);
  auto users = required_by(*definition);
  for (const auto& [resource, type] : definition->members()) {
    Member member;
    member.row.name = resource->name;
    member.row.type = resource->type;
    member.row.action = "INIT";
    member.row.status = "COMPLETE";
    Missing missing;
    member.row.metadata = co_await evaluate(resource->metadata, scope, session.get(), missing);
    Map nothing_yet;
    for (const auto& [attribute, schema] : type->attributes) nothing_yet.set(attribute, Value());
    member.row.attributes = std::move(nothing_yet);
    Map entry = with_details(shown_resource(row, member, users[resource->name], definition.get()),
                             member, *definition)
                    .as_map();
    Diagnostics problems;
    Questions questions;
    const Value written = co_await evaluate(resource->properties, scope, session.get(), missing);
    entry.set("properties", shape(*type, written, {}, problems, questions));
    resources.push_back(std::move(entry));
  }
  view.set("resources", std::move(resources));
  co_return view;
}

Task<Engine::Foreseen> Engine::foresee_update(Context context, std::string stack,
                                              StackRequest request) {
  StackRow row = co_await find_live(context, std::move(stack));
  const Update update = co_await prepare_update(context, std::move(row), std::move(request));
  Foreseen foreseen;
  foreseen.before.row = update.before->row;
  foreseen.before.members = std::move(update.before->members);
  foreseen.definition = update.definition;
  foreseen.decisions = co_await plan(foreseen.before, *update.definition, parts_.registry,
                                     update.session.get(), true);
  co_return foreseen;
}

Task<Value> Engine::plan_update(Context context, std::string stack, StackRequest request) {
  const Foreseen foreseen =
      co_await foresee_update(std::move(context), std::move(stack), std::move(request));
  List entries;
  for (const auto& [name, decision] : foreseen.decisions)
    entries.push_back(planned(name, decision));
  co_return entries;
}

Task<Value> Engine::preview_update_stack(Context context, std::string stack, StackRequest request) {
  const Foreseen foreseen =
      co_await foresee_update(std::move(context), std::move(stack), std::move(request));
  const auto& [before, definition, decisions] = foreseen;
  auto users = required_by(before.members);
  std::map<std::string, List> lists;
  for (const auto& [name, decision] : decisions) {
    const auto index = definition->index_of(name);
    const Member* member = before.members.current(name);
    Member added;
    added.row.name = name;
    added.row.action = "INIT";
    added.row.status = "COMPLETE";
    if (index) added.row.type = definition->members()[*index].definition->type;
    if (member == nullptr) member = &added;
    const Value shown =
        shown_resource(before.row, *member, users[name], index ? definition.get() : nullptr);
    lists[std::string(preview_list(decision.kind))].push_back(
        with_details(shown, *member, *definition));
  }
  Map changes;
  for (const char* name : {"unchanged", "updated", "replaced", "added", "deleted"})
    changes.set(name, std::move(lists[name]));
  co_return changes;
}

}  // namespace heat
