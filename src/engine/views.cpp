#include "engine/views.h"

#include <algorithm>
#include <utility>

#include "stack/dependencies.h"
#include "stack/evaluate.h"
#include "stack/scope.h"

namespace heat {

namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

void add_times(Map& view, const StackRow& row) {
  view.set("creation_time", time_or_null(row.created_at));
  view.set("updated_time", time_or_null(row.updated_at));
  view.set("deletion_time", time_or_null(row.deleted_at));
}

void add_status(Map& view, const StackRow& row) {
  view.set("stack_action", row.action);
  view.set("stack_status", row.status);
  view.set("stack_status_reason", row.status_reason);
}

void add_owners(Map& view, const StackRow& row, Value tags) {
  view.set("stack_owner", text_or_null(row.owner_name));
  view.set("parent", text_or_null(row.parent_id));
  view.set("stack_user_project_id", text_or_null(row.stack_user_project_id));
  view.set("tags", std::move(tags));
}

Map listed_output(const OutputDefinition& output) {
  const std::string& text = output.description;
  return {{"output_key", output.name},
          {"description", text.empty() ? "No description given" : text}};
}

/// A template need not say what is so anyway.
Value without_defaults(const Value& properties, const ResourceType* type) {
  if (!properties.is_map() || type == nullptr) return properties;
  Map given;
  for (const auto& [name, value, kind] : properties.as_map()) {
    const Schema* schema = type->property(name);
    const bool usual = value.is_null() || (schema != nullptr && schema->default_value == value);
    if (!usual) given.set(name, value);
  }
  return given;
}

}  // namespace

std::string described(const Template& tmpl) {
  return tmpl.description().empty() ? "No description" : tmpl.description();
}

Value shown_environment(const Environment& environment) {
  Map view = environment.to_value().as_map();
  Map registry =
      environment.resource_registry.is_map() ? environment.resource_registry.as_map() : Map();
  if (!registry.contains("resources")) registry.set("resources", Map());
  view.set("resource_registry", std::move(registry));
  return view;
}

StackIdentity identity_of(const StackRow& row, std::string path) {
  return {row.project_id, row.name, row.id, std::move(path)};
}

Value time_or_null(std::int64_t micros) {
  return micros == 0 ? Value() : Value(iso_seconds(from_micros(micros)));
}

// Members in the order in which the original's clients show them.

Value listed_stack(const StackRow& row) {
  Map view{{"stack_identity", identity_of(row).to_value()},
           {"stack_name", row.name},
           {"description", ""}};
  add_status(view, row);
  add_times(view, row);
  add_owners(view, row, row.tags);
  return view;
}

Value shown_stack(const StackRow& row, const StackDefinition& definition, const Value& outputs) {
  const std::string description = described(definition.tmpl());
  Map view{{"stack_name", row.name}, {"stack_identity", identity_of(row).to_value()}};
  add_times(view, row);
  view.set("notification_topics", List());
  view.set("parameters", definition.parameters().shown());
  view.set("description", description);
  view.set("template_description", description);
  view.set("capabilities", List());
  view.set("disable_rollback", row.disable_rollback);
  view.set("timeout_mins", row.timeout_minutes == 0 ? Value() : Value(row.timeout_minutes));
  add_owners(view, row, row.tags.is_null() ? Value(List()) : row.tags);
  add_status(view, row);
  if (!outputs.is_null()) view.set("outputs", outputs);
  return view;
}

Value listed_outputs(const Template& tmpl) {
  List outputs;
  for (const OutputDefinition& output : tmpl.outputs()) outputs.push_back(listed_output(output));
  return outputs;
}

Task<Value> shown_output(const OutputDefinition& output, const StackDefinition& definition,
                         ShownScope& scope, Session* session) {
  Map view = listed_output(output);
  Value value;
  try {
    Missing missing;
    if (definition.scope().enabled(output))
      value = co_await evaluate(output.value, scope, session, missing);
  } catch (const Error& error) {
    view.set("output_error", error.message());
  }
  view.set("output_value", value);
  co_return view;
}

Task<Value> shown_outputs(const StackDefinition& definition, const Members& members,
                          Session* session) {
  ShownScope scope(definition, members);
  List outputs;
  for (const OutputDefinition& output : definition.tmpl().outputs())
    outputs.push_back(co_await shown_output(output, definition, scope, session));
  co_return outputs;
}

std::map<std::string, std::vector<std::string>> required_by(const Members& members) {
  std::map<std::string, std::vector<std::string>> names;
  for (const Member* member : members.all()) {
    if (!member->row.replaced_by.empty()) continue;
    for (const std::string& id : member->row.requires_ids)
      if (const Member* needed = members.find(id))
        names[needed->row.name].push_back(member->row.name);
  }
  for (auto& [name, users] : names) std::ranges::sort(users);
  return names;
}

std::map<std::string, std::vector<std::string>> required_by(const StackDefinition& definition) {
  Diagnostics problems;  // it was accepted
  const Graph graph = dependencies(definition, Members(), problems);
  std::map<std::string, std::vector<std::string>> names;
  for (std::size_t i = 0; i < graph.size(); ++i)
    for (const std::size_t user : graph.needed_by(i))
      names[definition.members()[i].definition->name].push_back(
          definition.members()[user].definition->name);
  return names;
}

Value shown_resource(const StackRow& stack, const Member& member,
                     const std::vector<std::string>& users, const StackDefinition* definition) {
  const ResourceRow& row = member.row;
  const auto index = definition == nullptr ? std::nullopt : definition->index_of(row.name);
  const std::string type =
      index ? definition->members()[*index].definition->type : row.shown_type();
  return Map{{"updated_time", time_or_null(row.updated_at == 0 ? row.created_at : row.updated_at)},
             {"creation_time", time_or_null(row.created_at)},
             {"resource_name", row.name},
             {"physical_resource_id", row.physical_id},
             {"resource_action", row.action},
             {"resource_status", row.status},
             {"resource_status_reason", row.status_reason},
             {"resource_type", type},
             {"resource_identity", identity_of(stack, "/resources/" + row.name).to_value()},
             {"stack_identity", identity_of(stack).to_value()},
             {"stack_name", stack.name},
             {"required_by", List(users.begin(), users.end())}};
}

Value shown_event(const StackRow& stack, const EventRow& event, const ResourceType* type,
                  bool with_root) {
  const std::string path = "/resources/" + event.resource_name + "/events/" + event.id;
  Map view{{"event_identity", identity_of(stack, path).to_value()},
           {"stack_identity", identity_of(stack).to_value()},
           {"stack_name", stack.name},
           {"event_time", time_or_null(event.created_at)},
           {"resource_name", event.resource_name},
           {"physical_resource_id", text_or_null(event.physical_id)},
           {"resource_action", event.action},
           {"resource_status", event.status},
           {"resource_status_reason", event.reason},
           {"resource_type", event.resource_type},
           {"resource_properties", without_defaults(event.properties, type)}};
  if (with_root) view.set("root_stack_id", identity_of(stack).to_value());
  return view;
}

}  // namespace heat
