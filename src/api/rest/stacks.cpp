#include "api/rest/handlers.h"
#include "api/rest/routes.h"
#include "api/rest/stack_request.h"
#include "api/rest/views.h"
#include "base/error.h"

namespace heat::api {

namespace {

/// What a listing of stacks may be filtered by.
constexpr const char* kStackFilters[] = {"stack_name",
                                         "stack_action",
                                         "stack_status",
                                         "stack_status_reason",
                                         "disable_rollback",
                                         "timeout_mins",
                                         "stack_owner",
                                         "parent",
                                         "stack_user_project_id",
                                         "id",
                                         "status",
                                         "name",
                                         "action",
                                         "tenant",
                                         "username",
                                         "owner_id"};

Value strings(const std::vector<std::string>& texts) { return List(texts.begin(), texts.end()); }

/// The arguments of list_stacks and count_stacks as the query gives them.
Map listing_arguments(const Query& query) {
  Map filters;
  for (const char* name : kStackFilters)
    if (Value filter = query.filter(name); !filter.is_null()) filters.set(name, filter);

  Map arguments;
  if (!filters.empty()) arguments.set("filters", std::move(filters));
  if (const auto limit = query.count("limit")) arguments.set("limit", *limit);
  for (const char* name : {"marker", "sort_dir"})
    if (const std::string* text = query.find(name); text && !text->empty())
      arguments.set(name, *text);
  if (query.contains("sort_keys")) arguments.set("sort_keys", strings(query.all("sort_keys")));
  for (const char* name : {"show_deleted", "show_nested", "show_hidden"})
    if (query.boolean(name, false)) arguments.set(name, true);
  for (const char* name : {"tags", "tags_any", "not_tags", "not_tags_any"})
    if (const auto tags = query.tags(name); !tags.empty()) arguments.set(name, strings(tags));
  return arguments;
}

/// A name or id as it is; of "arn:openstack:heat::project:stacks/web/8b9b…" the "web/8b9b…".
std::string stack_named_by(const std::string& name) {
  static constexpr std::string_view kBegin = ":stacks/";
  const std::size_t begin = name.find(kBegin);
  if (!name.starts_with("arn:openstack:heat:") || begin == name.npos) return name;
  const std::size_t stack = begin + kBegin.size();
  const std::size_t id = name.find('/', stack);
  return name.substr(stack, id == name.npos ? name.npos : name.find('/', id + 1) - stack);
}

HttpResponse accepted() { return {202, {}, ""}; }

Answer preview_change(Call& call, BodyOf purpose) {
  StackRequest request = read_stack_request(call.body, purpose);
  if (call.query.contains("show_nested")) {
    Map args = request.args.as_map();
    args.set("show_nested", call.query.boolean("show_nested", false));
    request.args = std::move(args);
  }
  Value changes =
      co_await call.operations.preview_update_stack(call.context, call.stack(), std::move(request));
  co_return json_response(Map{{"resource_changes", changes}});
}

Answer plan_change(Call& call, BodyOf purpose) {
  Value plan = co_await call.operations.plan_update(call.context, call.stack(),
                                                    read_stack_request(call.body, purpose));
  co_return json_response(Map{{"plan", plan}});
}

Answer change(Call& call, BodyOf purpose) {
  co_await call.operations.update_stack(call.context, call.stack(),
                                        read_stack_request(call.body, purpose));
  co_return accepted();
}

}  // namespace

Answer list_stacks(Call& call) {
  Map arguments = listing_arguments(call.query);
  // The original's rule stacks:global_index lets nobody; administrators of ours may be let in by a
  // policy file, once there are such files.
  if (call.query.boolean("global_tenant", false) && !permits(Access::Nobody, call.context))
    throw Error(ErrorKind::Forbidden, "You are not authorized to use stacks:global_index.");

  const bool with_count = call.query.boolean("with_count", false);

  const Value stacks = co_await call.operations.list_stacks(call.context, arguments);
  Map result = stack_list_view(call, stacks).as_map();
  if (with_count) {
    for (const char* name : {"limit", "marker", "sort_keys", "sort_dir"}) arguments.erase(name);
    result.set("count", co_await call.operations.count_stacks(call.context, arguments));
  }
  co_return json_response(std::move(result));
}

Answer list_stacks_in_detail(Call& call) {
  const Value stacks = co_await call.operations.list_stacks(call.context, Map());
  List views;
  for (const Value& stack : stacks.as_list()) views.push_back(stack_view(call, stack));
  co_return json_response(Map{{"stacks", std::move(views)}});
}

Answer create_stack(Call& call) {
  const StackIdentity identity = co_await call.operations.create_stack(
      call.context, read_stack_request(call.body, BodyOf::Create));
  const Value view = stack_view(call, Map{{"stack_identity", identity.to_value()}});
  HttpResponse response = json_response(Map{{"stack", view}}, 201);
  response.headers.set("Location", view["links"][0]["href"].as_string());
  co_return response;
}

Answer preview_stack(Call& call) {
  const Value stack = co_await call.operations.preview_stack(
      call.context, read_stack_request(call.body, BodyOf::Preview));
  co_return json_response(Map{{"stack", stack_view(call, stack)}});
}

Answer look_up_stack(Call& call) {
  const StackIdentity identity =
      co_await call.operations.identify_stack(call.context, stack_named_by(call["stack_name"]));
  std::string location = url_of(call, identity.to_value());
  if (const auto part = call.captured.find("path"); part != call.captured.end())
    location += "/" + part->second;
  if (!call.query.empty()) location += "?" + build_query(call.query.fields());
  co_return HttpResponse{302, {{"Location", std::move(location)}}, ""};
}

Answer show_stack(Call& call) {
  const bool resolve_outputs = call.query.boolean("resolve_outputs", true);
  const Value stacks =
      co_await call.operations.show_stack(call.context, call.stack(), resolve_outputs);
  co_return json_response(Map{{"stack", stack_view(call, stacks[0])}});
}

Answer update_stack(Call& call) { return change(call, BodyOf::Update); }
Answer patch_stack(Call& call) { return change(call, BodyOf::Patch); }
Answer preview_update(Call& call) { return preview_change(call, BodyOf::Update); }
Answer preview_patch(Call& call) { return preview_change(call, BodyOf::Patch); }
Answer plan_update(Call& call) { return plan_change(call, BodyOf::Update); }
Answer plan_patch(Call& call) { return plan_change(call, BodyOf::Patch); }

Answer delete_stack(Call& call) {
  co_await call.operations.delete_stack(call.context, call.stack());
  co_return HttpResponse{204, {}, ""};
}

Answer act_on_stack(Call& call) {
  if (!call.body.is_map() || call.body.as_map().empty())
    throw Error(ErrorKind::HTTPBadRequest, "No action specified.");
  if (call.body.as_map().size() > 1)
    throw Error(ErrorKind::HTTPBadRequest, "Multiple actions specified: one request, one action.");
  const std::string action = call.body.as_map().at_index(0).key;
  if (action == "suspend" || action == "resume" || action == "check")
    co_return co_await not_yet(call);
  if (action != "cancel_update" && action != "cancel_without_rollback")
    throw Error(ErrorKind::HTTPBadRequest, "Invalid action '" + action +
                                               "': it is suspend, resume, check, cancel_update or "
                                               "cancel_without_rollback.");
  co_await call.operations.stack_cancel_update(call.context, call.stack(),
                                               action == "cancel_update");
  co_return json_response(Value());
}

}  // namespace heat::api
