// Who has which role in which project.
#include "twin/keystone/keystone.h"
#include "twin/keystone/refusals.h"
#include "twin/listing.h"

namespace heat::twin {

using namespace keystone;

void Keystone::grant(std::string_view user, std::string_view project, std::string_view role) {
  const std::string id = grant_id(user, project, role);
  if (!world_["identity/grants"].find(id))
    world_["identity/grants"].add(id, Map{{"user", user}, {"project", project}, {"role", role}});
}

std::string Keystone::grant_id(std::string_view user, std::string_view project,
                               std::string_view role) {
  return std::string(project) + "/" + std::string(user) + "/" + std::string(role);
}

/// /v3/projects/<project>/users/<user>/roles/<role>
Reply Keystone::grants(const Call& call) {
  if (!call.caller.admin()) throw forbidden("create_grant");
  const std::string_view project = call.part(2), user = call.part(4), role = call.part(6);
  if (!world_["identity/roles"].find(role)) throw not_found("role", role);
  if (call.method == "PUT") {
    grant(user, project, role);
  } else if (call.method != "DELETE") {
    throw Refusal{405, "Method Not Allowed", "Method Not Allowed"};
  } else if (!world_["identity/grants"].erase(grant_id(user, project, role))) {
    throw not_found("role assignment", role);
  }
  return {204, {}, {}};
}

Reply Keystone::assignments(const Call& call) {
  if (!call.caller.admin()) throw forbidden("list_role_assignments");
  List shown;
  for (const auto& [order, row] : world_["identity/grants"].rows()) {
    const std::string user = text(row.object, "user"), project = text(row.object, "project"),
                      role = text(row.object, "role");
    if (call.query.get("user.id", user) != user || call.query.get("role.id", role) != role ||
        call.query.get("scope.project.id", project) != project)
      continue;
    shown.push_back(Map{{"links", Map{{"assignment", url("/projects/" + project + "/users/" + user +
                                                         "/roles/" + role)}}},
                        {"scope", Map{{"project", Map{{"id", project}}}}},
                        {"user", Map{{"id", user}}},
                        {"role", Map{{"id", role}}}});
  }
  return {200, list("role_assignments", shown, call), {}};
}

}  // namespace heat::twin
