#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cloud/session.h"
#include "cloud/token.h"

namespace heat {

/// Lets `trustee_user_id` act as the session's user in the session's project, with `roles` (by id
/// where there is one, else by name). Gives the trust's id. Throws Error{MissingCredentialError}
/// where the user has not these roles. `mark` is kept with the trust, for find_trust().
Task<std::string> create_trust(Session& trustor, std::string trustee_user_id,
                               std::vector<Role> roles, std::string mark = "",
                               bool allow_redelegation = false);

/// What a trust lends.
struct Trust {
  std::string trustor_user_id, trustee_user_id, project_id;
  std::set<std::string> roles;  ///< their names
};

/// Nothing where it is gone, or is none of the session's user's.
Task<std::optional<Trust>> read_trust(Session& session, std::string trust_id);

/// Ends a trust; one that is gone already is fine. Administrators and the trustor may.
Task<> delete_trust(Session& session, std::string trust_id);

/// The trust with that mark which somebody gave the session's user: one whose creation was not
/// recorded.
Task<std::optional<std::string>> find_trust(Session& trustee, std::string mark);

/// The roles of that name, or all where it is empty.
Task<std::vector<Role>> list_roles(Session& session, std::string name);

}  // namespace heat
