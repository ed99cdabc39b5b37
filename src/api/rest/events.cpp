#include "api/rest/handlers.h"
#include "api/rest/views.h"
#include "base/error.h"

namespace heat::api {

Answer list_events(Call& call) {
  Map filters;
  for (const char* name : {"resource_status", "resource_action", "resource_name", "resource_type"})
    if (Value filter = call.query.filter(name); !filter.is_null()) filters.set(name, filter);
  const auto resource = call.captured.find("resource_name");
  if (resource != call.captured.end()) filters.set("resource_name", resource->second);

  Map arguments;
  if (!filters.empty()) arguments.set("filters", std::move(filters));
  for (const char* name : {"limit", "nested_depth"})
    if (const auto number = call.query.count(name)) arguments.set(name, *number);
  for (const char* name : {"marker", "sort_dir"})
    if (const std::string* text = call.query.find(name); text && !text->empty())
      arguments.set(name, *text);
  if (const auto keys = call.query.all("sort_keys"); !keys.empty())
    arguments.set("sort_keys", List(keys.begin(), keys.end()));

  const Value events =
      co_await call.operations.list_events(call.context, call.stack(), std::move(arguments));
  if (events.as_list().empty() && resource != call.captured.end())
    throw Error(ErrorKind::HTTPNotFound, "No events found for resource " + resource->second + ".");
  List views;
  for (const Value& event : events.as_list()) views.push_back(event_view(call, event, false));
  co_return json_response(Map{{"events", std::move(views)}});
}

Answer show_event(Call& call) {
  const Map filters{{"resource_name", call["resource_name"]}, {"uuid", call["event_id"]}};
  const Value events =
      co_await call.operations.list_events(call.context, call.stack(), Map{{"filters", filters}});
  if (events.as_list().empty())
    throw Error(ErrorKind::HTTPNotFound, "No event " + call["event_id"] + " found.");
  co_return json_response(Map{{"event", event_view(call, events[0], true)}});
}

}  // namespace heat::api
