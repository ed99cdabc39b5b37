#include <utility>

#include "engine/engine.h"
#include "engine/live_attributes.h"
#include "engine/views.h"
#include "stack/scope.h"
#include "text/document.h"

namespace heat {

namespace {

constexpr const char* kHidden = "******";

[[noreturn]] void no_such_stack(const std::string& name) {
  throw Error(ErrorKind::EntityNotFound, "The Stack (" + name + ") could not be found.");
}

StackRow as_begun(StackAndInbox stack) {
  StackRow& row = stack.row;
  if (!row.live) return row;
  for (const InboxRow& message : stack.inbox) {
    const bool update = message.kind == "update", deletion = message.kind == "delete";
    if (message.stack_id != row.id || (!update && !deletion)) continue;
    if (row.action == "DELETE" && row.status == "IN_PROGRESS") continue;
    row.action = update ? "UPDATE" : "DELETE";
    row.status = "IN_PROGRESS";
    row.status_reason = "Stack " + row.action + " started";
    if (update) row.updated_at = message.created_at;
  }
  return std::move(row);
}

Value without_hidden(const Value& parameters, const Template& tmpl) {
  if (!parameters.is_map()) return parameters;
  Map shown = parameters.as_map();
  for (const auto& [name, parameter] : tmpl.parameters())
    if (parameter.hidden && shown.contains(name)) shown.set(name, kHidden);
  return shown;
}

}  // namespace

Task<StackRow> Engine::find(Context context, std::string stack) {
  const auto slash = stack.find('/');
  const std::string name = slash == std::string::npos ? stack : stack.substr(0, slash);
  StackFilter asked;
  asked.show_nested = asked.show_deleted = true;
  asked.ids = {slash == std::string::npos ? stack : stack.substr(slash + 1)};
  // An administrator reaches every project's stacks, by id.
  if (!context.is_admin) asked.project_id = context.project_id;
  auto found = co_await stacks(asked);
  if (!found.empty() && slash != std::string::npos && found.front().name != name)
    no_such_stack(name);
  if (found.empty() && slash == std::string::npos) {
    asked = {.project_id = context.project_id, .name = name};
    asked.show_nested = true;
    found = co_await stacks(asked);
  }
  if (found.empty()) no_such_stack(name);
  co_return std::move(found.front());
}

Task<StackRow> Engine::find_live(Context context, std::string stack) {
  StackRow row = co_await find(std::move(context), std::move(stack));
  if (!row.live) no_such_stack(row.name);
  co_return row;
}

Task<std::vector<StackRow>> Engine::stacks(StackFilter filter) {
  std::vector<StackRow> rows;
  for (StackAndInbox& stack : co_await parts_.store.stacks_and_inboxes(std::move(filter)))
    rows.push_back(as_begun(std::move(stack)));
  co_return rows;
}

Task<DefinitionRow> Engine::definition_row(const std::string& id) {
  auto row = co_await parts_.store.definition(id);
  if (!row) throw Error(ErrorKind::NotFound, "The stack's template is no longer there.");
  co_return std::move(*row);
}

Task<std::shared_ptr<const KnownDefinition>> Engine::definition(const StackRow& stack) {
  if (auto known = known_.find(stack.definition_id)) co_return known;
  auto read = std::make_shared<KnownDefinition>();
  read->row = co_await definition_row(stack.definition_id);
  read->definition = StackDefinition::load(read->row, pseudo(stack), parts_.registry);
  known_.add(read);
  co_return read;
}

Task<std::shared_ptr<Engine::Reading>> Engine::read(StackRow row) {
  auto reading = std::make_shared<Reading>();
  reading->row = std::move(row);
  const auto known = co_await definition(reading->row);
  reading->definition_row = known->row;
  reading->definition = known->definition;
  for (ResourceRow& resource : co_await parts_.store.resources(reading->row.id)) {
    auto type = parts_.registry.find(resource.type);
    reading->members.add(std::move(resource), std::move(type));
  }
  co_return reading;
}

Task<> Engine::refresh(Reading& reading, Session* session) {
  co_await refresh_live_attributes(reading.members, *reading.definition, reading.row, session,
                                   parts_.loop, parts_.random);
}

Task<StackIdentity> Engine::identify_stack(Context context, std::string stack) {
  co_return identity_of(co_await find(std::move(context), std::move(stack)));
}

Task<Value> Engine::show_stack(Context context, std::string stack, bool resolve_outputs) {
  std::vector<StackRow> rows;
  const auto session = session_of(context);
  if (stack.empty()) {
    StackFilter all;
    all.project_id = context.project_id;
    rows = co_await stacks(std::move(all));
  } else {
    rows.push_back(co_await find(std::move(context), std::move(stack)));
  }
  List shown;
  for (StackRow& row : rows) {
    const auto reading = co_await read(std::move(row));
    const bool gone = !reading->row.live;
    if (resolve_outputs && !gone) co_await refresh(*reading, session.get());
    Value outputs;
    if (resolve_outputs && !gone)
      outputs = co_await shown_outputs(*reading->definition, reading->members, session.get());
    shown.push_back(shown_stack(reading->row, *reading->definition, outputs));
  }
  co_return shown;
}

Task<Value> Engine::get_template(Context context, std::string stack) {
  const StackRow row = co_await find(std::move(context), std::move(stack));
  const DefinitionRow definition = co_await definition_row(row.definition_id);
  const Value& source = definition.template_source;
  co_return source.is_string() ? Document::read(source.as_string(), "template").root() : source;
}

Task<Value> Engine::get_environment(Context context, std::string stack) {
  const auto reading = co_await read(co_await find(std::move(context), std::move(stack)));
  Environment environment = reading->definition->environment();
  const Template& tmpl = reading->definition->tmpl();
  environment.parameters = without_hidden(environment.parameters, tmpl);
  environment.parameter_defaults = without_hidden(environment.parameter_defaults, tmpl);
  co_return shown_environment(environment);
}

Task<Value> Engine::get_files(Context context, std::string stack) {
  const StackRow row = co_await find(std::move(context), std::move(stack));
  const DefinitionRow definition = co_await definition_row(row.definition_id);
  co_return definition.files.is_map() ? definition.files : Value(Map());
}

Task<Value> Engine::list_outputs(Context context, std::string stack) {
  const auto reading = co_await read(co_await find_live(std::move(context), std::move(stack)));
  co_return listed_outputs(reading->definition->tmpl());
}

Task<Value> Engine::show_output(Context context, std::string stack, std::string key) {
  const auto session = session_of(context);
  const auto reading = co_await read(co_await find_live(std::move(context), std::move(stack)));
  co_await refresh(*reading, session.get());
  ShownScope scope(*reading->definition, reading->members);
  for (const OutputDefinition& output : reading->definition->tmpl().outputs())
    if (output.name == key)
      co_return co_await shown_output(output, *reading->definition, scope, session.get());
  throw Error(ErrorKind::NotFound, "Specified output key " + key + " not found.");
}

}  // namespace heat
