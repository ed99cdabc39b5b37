#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/rest/call.h"
#include "async/task.h"

namespace heat::api {

/// Who may do it where no policy file says otherwise: the original's default rules. Each role
/// includes the ones before it; a stack user is the user a stack makes for its servers.
enum class Access { StackUser, Reader, Member, Admin, Nobody };

struct Route {
  std::string_view methods;  ///< separated by commas
  /// Below "/v1/{project}": "{name}" captures a segment, "{name=a|b}" only these, "{arn...}" the
  /// whole rest where it begins with "arn:"; "{stack}" is "stacks/{stack_name}/{stack_id}".
  std::string_view pattern;
  std::string_view policy;  ///< the rule's name in the original's policy files
  Access access;
  Task<HttpResponse> (*handler)(Call& call);
};

/// The whole API. The first that fits serves.
const std::vector<Route>& routes();

struct RouteMatch {
  const Route* route = nullptr;  ///< null where none fits the method
  std::map<std::string, std::string> captured;
  /// Where the path is known but not with this method: those it is known with.
  std::vector<std::string> methods;
};

/// `path` is "/stacks/web", as it stands in the URL.
RouteMatch find_route(std::string_view method, std::string_view path);

/// Whether these roles suffice.
bool permits(Access access, const Context& context);

}  // namespace heat::api
