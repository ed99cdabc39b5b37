#include <algorithm>
#include <utility>

#include "async/task_group.h"
#include "engine/engine.h"
#include "engine/listing.h"
#include "engine/live_attributes.h"
#include "engine/type_views.h"
#include "engine/views.h"

namespace heat {

Task<std::vector<StackRow>> Engine::stacks_like(const Context& context, const Value& arguments) {
  std::vector<StackRow> rows = co_await stacks(stack_filter(context, arguments));
  co_return selected_stacks(std::move(rows), arguments);
}

Task<Value> Engine::list_stacks(Context context, Value filters) {
  List listed;
  if (filters["limit"] == Value(0)) co_return listed;
  for (const StackRow& row : co_await stacks_like(context, filters))
    listed.push_back(listed_stack(row));
  co_return listed;
}

Task<std::int64_t> Engine::count_stacks(Context context, Value filters) {
  const auto rows = co_await stacks_like(context, filters);
  co_return static_cast<std::int64_t>(rows.size());
}

Task<Value> Engine::list_stack_resources(Context context, std::string stack, int, bool with_detail,
                                         Value filters) {
  const auto session = session_of(context);
  const auto reading = co_await read(co_await find(std::move(context), std::move(stack)));
  const auto users = required_by(reading->members);
  List listed;
  std::vector<Member*> detailed;
  for (Member* member : reading->members.all()) {
    if (reading->members.current(member->row.name) != member) continue;
    const auto of_this = users.find(member->row.name);
    Value shown =
        shown_resource(reading->row, *member,
                       of_this == users.end() ? std::vector<std::string>() : of_this->second,
                       reading->definition.get());
    if (!resource_matches(shown, member->row, filters)) continue;
    listed.push_back(std::move(shown));
    if (with_detail) detailed.push_back(member);
  }
  TaskGroup group(parts_.loop);
  for (std::size_t i = 0; i < detailed.size(); ++i)
    group.spawn(add_details(listed[i], *detailed[i], *reading, session.get()));
  co_await group.join();
  co_return listed;
}

Task<Value> Engine::describe_stack_resource(Context context, std::string stack,
                                            std::string resource,
                                            std::vector<std::string> with_attributes) {
  const auto reading = co_await read(co_await find(context, std::move(stack)));
  Member* member = reading->members.current(resource);
  if (member == nullptr)
    throw Error(
        ErrorKind::ResourceNotFound,
        "The Resource (" + resource + ") could not be found in Stack " + reading->row.name + ".");
  const auto users = required_by(reading->members);
  const auto of_this = users.find(resource);
  Value shown = shown_resource(
      reading->row, *member, of_this == users.end() ? std::vector<std::string>() : of_this->second,
      reading->definition.get());
  const auto session = session_of(context);
  co_await add_details(shown, *member, *reading, session.get(), std::move(with_attributes));
  co_return shown;
}

Task<> Engine::add_details(Value& shown, Member& member, const Reading& reading, Session* session,
                           std::vector<std::string> with_attributes) {
  Map detailed = with_details(shown, member, *reading.definition).as_map();
  detailed.set("attributes", co_await live_attributes(member, reading.row, session, parts_.loop,
                                                      parts_.random, std::move(with_attributes)));
  shown = std::move(detailed);
}

Task<Value> Engine::list_events(Context context, std::string stack, Value filters) {
  const StackRow row = co_await find(std::move(context), std::move(stack));
  const bool with_root = filters["nested_depth"].truthy();
  List listed;
  for (const EventRow& event : selected_events(co_await parts_.store.events(row.id), filters))
    listed.push_back(
        shown_event(row, event, parts_.registry.find(event.resource_type).get(), with_root));
  co_return listed;
}

Task<Value> Engine::list_resource_types(Context, Value filters) {
  co_return list_types(parts_.registry, filters);
}

Task<Value> Engine::resource_schema(Context, std::string type, bool with_description) {
  co_return type_schema(*type_to_show(parts_.registry, type), with_description);
}

Task<Value> Engine::generate_template(Context, std::string type, std::string template_type) {
  co_return type_template(*type_to_show(parts_.registry, type), template_type);
}

}  // namespace heat
