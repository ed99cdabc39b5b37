#include "api/rest/routes.h"

#include <algorithm>

#include "api/rest/handlers.h"

namespace heat::api {

const std::vector<Route>& routes() {
  using enum Access;
  static const std::vector<Route> table = {
      {"POST", "/validate", "stacks:validate_template", Member, validate_template},
      {"GET", "/resource_types", "stacks:list_resource_types", Reader, list_resource_types},
      {"GET", "/resource_types/{type_name}", "stacks:resource_schema", Reader, show_resource_type},
      {"GET", "/resource_types/{type_name}/template", "stacks:generate_template", Member,
       generate_template},
      {"GET", "/template_versions", "stacks:list_template_versions", Reader,
       list_template_versions},
      {"GET", "/template_versions/{template_version}/functions", "stacks:list_template_functions",
       Reader, list_template_functions},
      {"GET", "/build_info", "build_info:build_info", Reader, show_build_info},
      {"GET", "/services", "service:index", Admin, list_services},

      {"GET", "/stacks", "stacks:index", Reader, list_stacks},
      {"POST", "/stacks", "stacks:create", Member, create_stack},
      {"POST", "/stacks/preview", "stacks:preview", Reader, preview_stack},
      {"GET", "/stacks/detail", "stacks:detail", Reader, list_stacks_in_detail},
      {"GET,POST,PUT,PATCH,DELETE", "/stacks/{arn...}", "stacks:lookup", StackUser, look_up_stack},
      {"GET,POST,PUT,PATCH,DELETE", "/stacks/{stack_name}", "stacks:lookup", StackUser,
       look_up_stack},
      {"GET", "/stacks/{stack_name}/{path=resources|events|template|actions|environment|files}",
       "stacks:lookup", StackUser, look_up_stack},
      {"POST", "/stacks/{stack_name}/{path=resources|events|template|actions}", "stacks:lookup",
       StackUser, look_up_stack},

      {"GET", "/{stack}", "stacks:show", Reader, show_stack},
      {"PUT", "/{stack}", "stacks:update", Member, update_stack},
      {"PATCH", "/{stack}", "stacks:update_patch", Member, patch_stack},
      {"DELETE", "/{stack}", "stacks:delete", Member, delete_stack},
      {"PUT", "/{stack}/preview", "stacks:preview_update", Member, preview_update},
      {"PATCH", "/{stack}/preview", "stacks:preview_update_patch", Member, preview_patch},
      {"PUT", "/{stack}/plan", "stacks:preview_update", Member, plan_update},
      {"PATCH", "/{stack}/plan", "stacks:preview_update_patch", Member, plan_patch},
      {"GET", "/{stack}/template", "stacks:template", Reader, show_template},
      {"GET", "/{stack}/environment", "stacks:environment", Reader, show_environment},
      {"GET", "/{stack}/files", "stacks:files", Reader, show_files},
      {"GET", "/{stack}/outputs", "stacks:list_outputs", Reader, list_outputs},
      {"GET", "/{stack}/outputs/{output_key}", "stacks:show_output", Reader, show_output},
      {"POST", "/{stack}/actions", "actions:action", Member, act_on_stack},

      {"GET", "/{stack}/resources", "resource:index", Reader, list_resources},
      {"GET", "/{stack}/resources/{resource_name}", "resource:show", Reader, show_resource},
      {"PATCH", "/{stack}/resources/{resource_name}", "resource:mark_unhealthy", Member, not_yet},
      {"GET", "/{stack}/resources/{resource_name}/metadata", "resource:metadata", StackUser,
       show_metadata},
      {"POST", "/{stack}/resources/{resource_name}/signal", "resource:signal", StackUser, not_yet},
      {"GET", "/{stack}/events", "events:index", Reader, list_events},
      {"GET", "/{stack}/resources/{resource_name}/events", "events:index", Reader, list_events},
      {"GET", "/{stack}/resources/{resource_name}/events/{event_id}", "events:show", Reader,
       show_event},

      {"DELETE", "/{stack}/abandon", "stacks:abandon", Member, not_yet},
      {"GET", "/{stack}/export", "stacks:export", Member, not_yet},
      {"GET", "/{stack}/snapshots", "stacks:list_snapshots", Reader, not_yet},
      {"POST", "/{stack}/snapshots", "stacks:snapshot", Member, not_yet},
      {"GET", "/{stack}/snapshots/{snapshot_id}", "stacks:show_snapshot", Reader, not_yet},
      {"DELETE", "/{stack}/snapshots/{snapshot_id}", "stacks:delete_snapshot", Member, not_yet},
      {"POST", "/{stack}/snapshots/{snapshot_id}/restore", "stacks:restore_snapshot", Member,
       not_yet},
      {"GET,POST", "/software_configs", "software_configs:index", Reader, not_yet},
      {"GET,DELETE", "/software_configs/{config_id}", "software_configs:show", Reader, not_yet},
      {"GET,POST", "/software_deployments", "software_deployments:index", Reader, not_yet},
      {"GET", "/software_deployments/metadata/{server_id}", "software_deployments:metadata",
       StackUser, not_yet},
      {"GET,PUT,DELETE", "/software_deployments/{deployment_id}", "software_deployments:show",
       Reader, not_yet},
  };
  return table;
}

namespace {

constexpr std::string_view kStack = "/stacks/{stack_name}/{stack_id}";

std::string decoded(std::string_view text) {
  return percent_decode(text).value_or(std::string(text));
}

/// The text up to the next '/', which is taken off `rest` with it.
std::string_view take_segment(std::string_view& rest) {
  if (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
  const std::string_view segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (true) {
    const std::size_t end = text.find(separator);
    words.emplace_back(text.substr(0, end));
    if (end == text.npos) return words;
    text.remove_prefix(end + 1);
  }
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool fits(std::string_view pattern, std::string_view path,
          std::map<std::string, std::string>& captured) {
  if (pattern.starts_with("/{stack}")) {
    std::string full(kStack);
    full += pattern.substr(std::string_view("/{stack}").size());
    return fits(full, path, captured);
  }
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    if (wanted == "{arn...}") {
      captured["stack_name"] = decoded(path.substr(1));
      return captured["stack_name"].starts_with("arn:");
    }
    const std::string segment = decoded(take_segment(path));
    if (!wanted.starts_with('{')) {
      if (wanted != segment) return false;
      continue;
    }
    const std::string_view inner = wanted.substr(1, wanted.size() - 2);
    const std::size_t equals = inner.find('=');
    if (segment.empty()) return false;
    if (equals != inner.npos && !contains(split(inner.substr(equals + 1), '|'), segment))
      return false;
    captured[std::string(inner.substr(0, equals))] = segment;
  }
  return pattern.empty() && path.empty();
}

}  // namespace

RouteMatch find_route(std::string_view method, std::string_view path) {
  RouteMatch match;
  std::string_view known;  // the first pattern that fits, whatever its method
  for (const Route& route : routes()) {
    std::map<std::string, std::string> captured;
    if (!fits(route.pattern, path, captured)) continue;
    const std::vector<std::string> methods = split(route.methods, ',');
    if (contains(methods, method)) return {&route, std::move(captured), {}};
    if (known.empty()) known = route.pattern;
    if (route.pattern == known)
      match.methods.insert(match.methods.end(), methods.begin(), methods.end());
  }
  return match;
}

bool permits(Access access, const Context& context) {
  const auto has = [&](std::string_view role) {
    return std::find(context.roles.begin(), context.roles.end(), role) != context.roles.end();
  };
  const bool admin = has("admin");
  const bool member = admin || has("member");
  const bool reader = member || has("reader");
  switch (access) {
    case Access::StackUser:
      return reader || has("heat_stack_user");
    case Access::Reader:
      return reader;
    case Access::Member:
      return member;
    case Access::Admin:
      return admin;
    case Access::Nobody:
      return false;
  }
  return false;
}

}  // namespace heat::api
