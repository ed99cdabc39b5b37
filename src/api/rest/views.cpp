#include "api/rest/views.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace heat::api {

namespace {

constexpr std::array<std::string_view, 12> kListedStackKeys = {
    "stack_identity",      "stack_name",    "description",           "stack_status",
    "stack_status_reason", "creation_time", "deletion_time",         "updated_time",
    "stack_owner",         "parent",        "stack_user_project_id", "tags"};

constexpr std::array<std::string_view, 6> kListedEventKeys = {
    "event_identity",         "event_time",          "resource_name", "resource_status",
    "resource_status_reason", "physical_resource_id"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Value link(const Call& call, const Value& identity, std::string_view relation) {
  return Map{{"href", url_of(call, identity)}, {"rel", relation}};
}

/// `identity` with the last `steps` components of its path left off.
Value ancestor(const Value& identity, int steps) {
  std::string path = identity["path"].string_or("");
  for (; steps > 0 && !path.empty(); --steps) {
    const std::size_t slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
  }
  Map result = identity.is_map() ? identity.as_map() : Map();
  result.set("path", path);
  return result;
}

std::string last_component(const Value& identity) {
  const std::string path = identity["path"].string_or("");
  return path.substr(path.rfind('/') + 1);
}

/// "CREATE" and "COMPLETE" in one word; a status alone stays as it is.
Value joined_status(const Value& action, const Value& status) {
  if (!action.is_string()) return status;
  return action.as_string() + "_" + status.string_or("");
}

Value stack_fields(const Call& call, const Value& stack, bool listed) {
  Map view;
  for (const auto& [key, value, kind] : stack.as_map()) {
    if (listed && !among(kListedStackKeys, key)) continue;
    if (key == "stack_identity") {
      view.set("id", value["stack_id"]);
      view.set("links", List{link(call, value, "self")});
      if (listed && call.context.is_admin) view.set("project", value["tenant"]);
    } else if (key == "stack_status") {
      view.set(key, joined_status(stack["stack_action"], value));
    } else if (key != "stack_action") {
      view.set(key, value);
    }
  }
  return view;
}

}  // namespace

std::string url_of(const Call& call, const Value& identity) {
  return call.base + "/" + percent_encode(identity["tenant"].string_or("")) + "/stacks/" +
         percent_encode(identity["stack_name"].string_or("")) + "/" +
         percent_encode(identity["stack_id"].string_or("")) +
         percent_encode(identity["path"].string_or(""), "/");
}

Value stack_view(const Call& call, const Value& stack) { return stack_fields(call, stack, false); }

Value stack_list_view(const Call& call, const Value& stacks) {
  List views;
  for (const Value& stack : stacks.as_list()) views.push_back(stack_fields(call, stack, true));

  Map result{{"stacks", views}};
  const auto limit = call.query.count("limit").value_or(0);
  if (limit > 0 && limit == static_cast<std::int64_t>(views.size())) {
    Query next = call.query;
    next.set("marker", views.back()["id"].string_or(""));
    result.set("links",
               List{Map{{"rel", "next"},
                        {"href", call.base + call.path + "?" + build_query(next.fields())}}});
  }
  return result;
}

Value resource_view(const Call& call, const Value& resource) {
  static constexpr std::array<std::string_view, 5> kHidden = {
      "stack_name", "stack_identity", "resource_action", "nested_stack_id", "metadata"};
  Map view;
  for (const auto& [key, value, kind] : resource.as_map()) {
    if (key == "resource_identity") {
      List links{link(call, value, "self"), link(call, ancestor(value, 2), "stack")};
      const Value& nested = resource["nested_stack_id"];
      if (nested.truthy()) links.push_back(link(call, nested, "nested"));
      view.set("links", std::move(links));
    } else if (key == "resource_status") {
      view.set(key, joined_status(resource["resource_action"], value));
    } else if (key == "resource_name") {
      view.set("logical_resource_id", value);
      view.set(key, value);
    } else if (!among(kHidden, key)) {
      view.set(key, value);
    }
  }
  return view;
}

Value event_view(const Call& call, const Value& event, bool detail) {
  static constexpr std::array<std::string_view, 4> kHidden = {"stack_identity", "stack_name",
                                                              "resource_action", "root_stack_id"};
  Map view;
  List links;
  for (const auto& [key, value, kind] : event.as_map()) {
    if (!detail && !among(kListedEventKeys, key)) continue;
    if (key == "event_identity") {
      view.set("id", last_component(value));
      links = {link(call, value, "self"), link(call, ancestor(value, 2), "resource"),
               link(call, ancestor(value, 4), "stack")};
      view.set("links", links);
    } else if (key == "resource_status") {
      view.set(key, joined_status(event["resource_action"], value));
    } else if (key == "resource_name") {
      view.set("logical_resource_id", value);
      view.set(key, value);
    } else if (!among(kHidden, key)) {
      view.set(key, value);
    }
  }
  if (const Value& root = event["root_stack_id"]; root.truthy()) {
    links.push_back(link(call, root, "root_stack"));
    view.set("links", std::move(links));
  }
  return view;
}

}  // namespace heat::api
