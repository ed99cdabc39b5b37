#include "api/rest/fake_operations.h"

#include "base/error.h"
#include "text/write.h"

namespace heat {

namespace {

const StackIdentity kWeb{"p1", "web", "8b9b6886-4a0a-4390-a836-323d59c88277", ""};
const StackIdentity kOther{"p2", "other", "11111111-2222-4333-8444-555555555555", ""};

StackIdentity part(StackIdentity stack, std::string path) {
  stack.path = std::move(path);
  return stack;
}

Value request_value(const StackRequest& request) {
  Map value;
  if (!request.name.empty()) value.set("name", request.name);
  value.set("template", request.template_source);
  value.set("environment", request.environment);
  value.set("files", request.files);
  value.set("environment_files",
            List(request.environment_files.begin(), request.environment_files.end()));
  value.set("parameters", request.parameters);
  value.set("args", request.args);
  return value;
}

Value stack_summary(const StackIdentity& stack) {
  return Map{{"stack_identity", stack.to_value()},
             {"stack_name", stack.stack_name},
             {"description", ""},
             {"stack_action", "CREATE"},
             {"stack_status", "COMPLETE"},
             {"stack_status_reason", "Stack CREATE completed successfully"},
             {"creation_time", "2026-11-23T02:28:16Z"},
             {"updated_time", nullptr},
             {"deletion_time", nullptr},
             {"stack_owner", "demo"},
             {"parent", nullptr},
             {"stack_user_project_id", "9db5"},
             {"tags", List{"a", "b"}}};
}

Value resource(const StackIdentity& stack) {
  return Map{{"updated_time", "2026-11-23T02:28:16Z"},
             {"creation_time", "2026-11-23T02:28:16Z"},
             {"resource_name", "group"},
             {"physical_resource_id", "55c4"},
             {"resource_action", "CREATE"},
             {"resource_status", "COMPLETE"},
             {"resource_status_reason", "state changed"},
             {"resource_type", "OS::Heat::ResourceGroup"},
             {"resource_identity", part(stack, "/resources/group").to_value()},
             {"stack_identity", stack.to_value()},
             {"stack_name", stack.stack_name},
             {"required_by", List{"pool"}},
             {"nested_stack_id", StackIdentity{"p1", "web-group-4m6y", "55c4", ""}.to_value()},
             {"metadata", Map{{"colour", "blue"}}}};
}

Value event(const StackIdentity& stack) {
  return Map{{"event_identity", part(stack, "/resources/group/events/e1").to_value()},
             {"stack_identity", stack.to_value()},
             {"stack_name", stack.stack_name},
             {"event_time", "2026-11-23T02:28:16Z"},
             {"resource_name", "group"},
             {"physical_resource_id", "55c4"},
             {"resource_action", "CREATE"},
             {"resource_status", "COMPLETE"},
             {"resource_status_reason", "state changed"},
             {"resource_type", "OS::Heat::ResourceGroup"},
             {"resource_properties", Map{{"count", 2}}}};
}

}  // namespace

void FakeOperations::asked(std::string_view operation, Map arguments) {
  asked_.push_back(std::string(operation) + " " + to_json(std::move(arguments)));
}

StackIdentity FakeOperations::found(const Context& context, const std::string& stack) const {
  for (const StackIdentity& known : {kWeb, kOther}) {
    const bool named = stack == known.stack_name || stack == known.stack_id ||
                       stack == known.stack_name + "/" + known.stack_id;
    if (named && known.project_id == context.project_id) return known;
  }
  throw Error(ErrorKind::EntityNotFound, "The Stack (" + stack + ") could not be found.");
}

Task<StackIdentity> FakeOperations::create_stack(Context context, StackRequest request) {
  asked("create_stack", {{"request", request_value(request)}});
  if (request.name == "web") throw Error(ErrorKind::StackExists, "The Stack (web) already exists.");
  if (request.name == "broken")
    throw Error(ErrorKind::StackValidationFailed, "There is no type OS::Nova::Sever.",
                {"resources", "app", "type"})
        .at({"app.yaml", 7, 11});
  co_return StackIdentity{context.project_id, request.name, kWeb.stack_id, ""};
}

Task<StackIdentity> FakeOperations::update_stack(Context context, std::string stack,
                                                 StackRequest request) {
  asked("update_stack", {{"stack", stack}, {"request", request_value(request)}});
  co_return found(context, stack);
}

Task<Value> FakeOperations::preview_stack(Context context, StackRequest request) {
  asked("preview_stack", {{"request", request_value(request)}});
  co_return Map{
      {"stack_identity", StackIdentity{context.project_id, request.name, "None", ""}.to_value()},
      {"stack_name", request.name},
      {"resources", List{}}};
}

Task<Value> FakeOperations::preview_update_stack(Context context, std::string stack,
                                                 StackRequest request) {
  asked("preview_update_stack", {{"stack", stack}, {"request", request_value(request)}});
  found(context, stack);
  co_return Map{{"unchanged", List{}}, {"updated", List{}}};
}

Task<Value> FakeOperations::plan_update(Context context, std::string stack, StackRequest request) {
  asked("plan_update", {{"stack", stack}, {"request", request_value(request)}});
  found(context, stack);
  co_return List{Map{{"resource_name", "group"}, {"action", "update"}}};
}

Task<> FakeOperations::delete_stack(Context context, std::string stack) {
  asked("delete_stack", {{"stack", stack}});
  found(context, stack);
  co_return;
}

Task<Value> FakeOperations::validate_template(Context, StackRequest request) {
  asked("validate_template", {{"request", request_value(request)}});
  co_return Map{{"Description", "No description"}, {"Parameters", Map{}}};
}

Task<StackIdentity> FakeOperations::identify_stack(Context context, std::string stack) {
  asked("identify_stack", {{"stack", stack}});
  co_return found(context, stack);
}

Task<Value> FakeOperations::show_stack(Context context, std::string stack, bool resolve_outputs) {
  asked("show_stack", {{"stack", stack}, {"resolve_outputs", resolve_outputs}});
  co_return List{stack_summary(found(context, stack))};
}

Task<Value> FakeOperations::list_stacks(Context context, Value filters) {
  asked("list_stacks", {{"filters", filters}});
  co_return List{stack_summary(context.project_id == "p2" ? kOther : kWeb)};
}

Task<std::int64_t> FakeOperations::count_stacks(Context, Value filters) {
  asked("count_stacks", {{"filters", filters}});
  co_return 1;
}

Task<Value> FakeOperations::get_template(Context context, std::string stack) {
  found(context, stack);
  co_return Map{{"heat_template_version", "2021-04-16"}};
}

Task<Value> FakeOperations::get_environment(Context context, std::string stack) {
  found(context, stack);
  co_return Map{{"parameters", Map{}}};
}

Task<Value> FakeOperations::get_files(Context context, std::string stack) {
  found(context, stack);
  co_return Map{{"file:///install.sh", "#!/bin/sh\n"}};
}

Task<Value> FakeOperations::list_outputs(Context context, std::string stack) {
  found(context, stack);
  co_return List{Map{{"output_key", "url"}, {"description", "Where it answers"}}};
}

Task<Value> FakeOperations::show_output(Context context, std::string stack, std::string key) {
  found(context, stack);
  if (key != "url") throw Error(ErrorKind::NotFound, "Specified output key " + key + " not found.");
  co_return Map{{"output_key", "url"}, {"output_value", "http://10.0.0.3/"}};
}

Task<Value> FakeOperations::list_stack_resources(Context context, std::string stack,
                                                 int nested_depth, bool with_detail,
                                                 Value filters) {
  asked("list_stack_resources", {{"stack", stack},
                                 {"nested_depth", nested_depth},
                                 {"with_detail", with_detail},
                                 {"filters", filters}});
  co_return List{resource(found(context, stack))};
}

Task<Value> FakeOperations::describe_stack_resource(Context context, std::string stack,
                                                    std::string name,
                                                    std::vector<std::string> with_attributes) {
  asked("describe_stack_resource",
        {{"stack", stack},
         {"resource", name},
         {"with_attributes", List(with_attributes.begin(), with_attributes.end())}});
  const StackIdentity identity = found(context, stack);
  if (name != "group")
    throw Error(ErrorKind::ResourceNotFound,
                "The Resource (" + name + ") could not be found in Stack web.");
  co_return resource(identity);
}

Task<Value> FakeOperations::list_events(Context context, std::string stack, Value filters) {
  asked("list_events", {{"stack", stack}, {"filters", filters}});
  const StackIdentity identity = found(context, stack);
  const std::string wanted = filters["filters"]["resource_name"].string_or("group");
  if (wanted != "group") co_return List{};
  co_return List{event(identity)};
}

Task<> FakeOperations::stack_cancel_update(Context context, std::string stack, bool rollback) {
  asked("stack_cancel_update", {{"stack", stack}, {"rollback", rollback}});
  found(context, stack);
  co_return;
}

Task<Value> FakeOperations::list_resource_types(Context, Value filters) {
  asked("list_resource_types", {{"filters", filters}});
  co_return List{"OS::Heat::None", "OS::Heat::Value"};
}

Task<Value> FakeOperations::resource_schema(Context, std::string type, bool with_description) {
  asked("resource_schema", {{"type", type}, {"with_description", with_description}});
  co_return Map{{"resource_type", type}, {"properties", Map{}}};
}

Task<Value> FakeOperations::generate_template(Context, std::string type,
                                              std::string template_type) {
  asked("generate_template", {{"type", type}, {"template_type", template_type}});
  co_return Map{{"resources", Map{}}};
}

Task<Value> FakeOperations::list_template_versions(Context) {
  co_return List{Map{{"version", "heat_template_version.2021-04-16"}, {"type", "hot"}}};
}

Task<Value> FakeOperations::list_template_functions(Context, std::string version,
                                                    bool with_conditions) {
  asked("list_template_functions", {{"version", version}, {"with_conditions", with_conditions}});
  co_return List{Map{{"functions", "get_param"}, {"description", "The value of a parameter."}}};
}

Task<Value> FakeOperations::list_services(Context) { co_return List{Map{{"status", "up"}}}; }

Task<std::string> FakeOperations::get_revision(Context) { co_return "0.1.0"; }

}  // namespace heat
