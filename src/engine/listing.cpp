#include "engine/listing.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"

namespace heat {

namespace {

/// One text or a list of them.
std::vector<std::string> texts(const Value& value) {
  std::vector<std::string> all;
  if (value.is_string()) all.push_back(value.as_string());
  if (value.is_list())
    for (const Value& each : value.as_list()) all.push_back(each.string_or(""));
  return all;
}

bool among(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

/// Nothing asked, or one of what is asked.
bool passes(const Value& asked, const std::string& is) {
  const auto all = texts(asked);
  return all.empty() || among(all, is);
}

/// "CREATE_FAILED" asks for an action and a status, "FAILED" for a status alone.
void add_status(const std::string& asked, StackFilter& filter) {
  for (const std::string status : {"COMPLETE", "FAILED", "IN_PROGRESS"}) {
    if (!asked.ends_with(status)) continue;
    filter.statuses.push_back(status);
    if (asked.size() > status.size() + 1)
      filter.actions.push_back(asked.substr(0, asked.size() - status.size() - 1));
    return;
  }
  filter.statuses.push_back(asked);
}

void add_all(std::vector<std::string>& to, const Value& from) {
  for (std::string& text : texts(from)) to.push_back(std::move(text));
}

std::vector<std::string> tags_of(const StackRow& row) { return texts(row.tags); }

bool any_of(const std::vector<std::string>& asked, const std::vector<std::string>& are) {
  return std::ranges::any_of(asked, [&](const auto& tag) { return among(are, tag); });
}

bool all_of(const std::vector<std::string>& asked, const std::vector<std::string>& are) {
  return std::ranges::all_of(asked, [&](const auto& tag) { return among(are, tag); });
}

/// Whether something is asked that the store can't tell: then the page is cut here.
bool asks_beyond_store(const Value& arguments) {
  const auto asked = [](const Value& in, const char* name) { return !texts(in[name]).empty(); };
  return asked(arguments, "tags_any") || asked(arguments, "not_tags") ||
         asked(arguments, "not_tags_any") || asked(arguments["filters"], "tenant") ||
         asked(arguments["filters"], "username") || asked(arguments["filters"], "owner_id");
}

/// How many at most; nothing: no limit.
std::optional<std::size_t> limit_of(const Value& arguments) {
  const Value& limit = arguments["limit"];
  if (!limit.is_int() || limit.as_int() < 0) return {};
  return static_cast<std::size_t>(limit.as_int());
}

template <class Row>
void cut(std::vector<Row>& rows, const Value& arguments) {
  if (const auto limit = limit_of(arguments); limit && rows.size() > *limit) rows.resize(*limit);
}

/// Whether "asc" is asked; `otherwise` where nothing is.
bool ascending(const Value& arguments, bool otherwise) {
  const std::string direction = arguments["sort_dir"].string_or("");
  if (direction.empty()) return otherwise;
  if (direction != "asc" && direction != "desc")
    throw Error(ErrorKind::ValueError,
                "The sort direction is asc or desc, not \"" + direction + "\".");
  return direction == "asc";
}

}  // namespace

StackFilter stack_filter(const Context& context, const Value& arguments) {
  StackFilter filter;
  if (!arguments["global_tenant"].truthy()) {
    filter.project_id = context.project_id;
  } else if (!context.is_admin) {
    throw Error(ErrorKind::Forbidden, "Only administrators may list the stacks of all projects.");
  }
  const Value& asked = arguments["filters"];
  for (const char* key : {"stack_name", "name"}) add_all(filter.names, asked[key]);
  for (const char* key : {"stack_action", "action"}) add_all(filter.actions, asked[key]);
  add_all(filter.ids, asked["id"]);
  for (const char* key : {"stack_status", "status"})
    for (const std::string& status : texts(asked[key])) add_status(status, filter);
  add_all(filter.tags, arguments["tags"]);
  filter.show_nested = arguments["show_nested"].truthy();
  filter.show_deleted = arguments["show_deleted"].truthy();
  filter.marker = arguments["marker"].string_or("");
  if (!asks_beyond_store(arguments))
    filter.limit = static_cast<int>(
        std::min<std::size_t>(limit_of(arguments).value_or(0), std::numeric_limits<int>::max()));
  const auto keys = texts(arguments["sort_keys"]);
  static const std::map<std::string, const char*> columns{{"stack_name", "name"},
                                                          {"stack_status", "status"},
                                                          {"creation_time", "created_at"},
                                                          {"updated_time", "updated_at"}};
  for (const std::string& key : keys)
    if (const auto column = columns.find(key); column != columns.end())
      filter.sort_keys.emplace_back(column->second);
  filter.ascending = ascending(arguments, !filter.sort_keys.empty());
  return filter;
}

std::vector<StackRow> selected_stacks(std::vector<StackRow> rows, const Value& arguments) {
  const Value& filters = arguments["filters"];
  const auto any = texts(arguments["tags_any"]), none = texts(arguments["not_tags_any"]);
  const auto not_all = texts(arguments["not_tags"]);
  std::erase_if(rows, [&](const StackRow& row) {
    const auto tags = tags_of(row);
    return (!any.empty() && !any_of(any, tags)) || (!none.empty() && any_of(none, tags)) ||
           (!not_all.empty() && all_of(not_all, tags)) ||
           !passes(filters["tenant"], row.project_id) ||
           !passes(filters["username"], row.owner_name) ||
           !passes(filters["owner_id"], row.parent_id);
  });
  cut(rows, arguments);
  return rows;
}

bool resource_matches(const Value& shown, const ResourceRow& row, const Value& filters) {
  const std::string type = shown["resource_type"].string_or("");
  const auto types = texts(filters["type"]);
  const bool type_passes = types.empty() || std::ranges::any_of(types, [&](const auto& asked) {
                             return type.find(asked) != std::string::npos;
                           });
  return type_passes && passes(filters["id"], row.id) &&
         passes(filters["name"], shown["resource_name"].string_or("")) &&
         passes(filters["status"], shown["resource_status"].string_or("")) &&
         passes(filters["action"], shown["resource_action"].string_or("")) &&
         passes(filters["physical_resource_id"], shown["physical_resource_id"].string_or(""));
}

Value with_details(const Value& shown, const Member& member, const StackDefinition& definition) {
  Map detailed = shown.as_map();
  const auto index = definition.index_of(member.row.name);
  detailed.set("description",
               index ? Value(definition.members()[*index].definition->description) : Value(""));
  detailed.set("metadata", member.row.metadata.is_null() ? Value(Map()) : member.row.metadata);
  detailed.set("attributes",
               member.row.attributes.is_null() ? Value(Map()) : member.row.attributes);
  return detailed;
}

std::vector<EventRow> selected_events(std::vector<EventRow> events, const Value& arguments) {
  const Value& filters = arguments["filters"];
  const auto keys = texts(arguments["sort_keys"]);
  if (among(keys, "resource_type")) std::ranges::stable_sort(events, {}, &EventRow::resource_type);
  const bool sorted = among(keys, "resource_type") || among(keys, "event_time");
  if (!ascending(arguments, sorted)) std::ranges::reverse(events);
  if (const std::string marker = arguments["marker"].string_or(""); !marker.empty()) {
    const auto last = std::ranges::find(events, marker, &EventRow::id);
    if (last != events.end()) events.erase(events.begin(), last + 1);
  }
  std::erase_if(events, [&](const EventRow& event) {
    return !passes(filters["resource_name"], event.resource_name) ||
           !passes(filters["resource_action"], event.action) ||
           !passes(filters["resource_status"], event.status) ||
           !passes(filters["resource_type"], event.resource_type) ||
           !passes(filters["uuid"], event.id);
  });
  cut(events, arguments);
  return events;
}

}  // namespace heat
