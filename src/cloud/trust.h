#pragma once

#include <string>
#include <vector>

#include "cloud/session.h"
#include "cloud/token.h"

namespace heat {

/// Lets `trustee_user_id` act as the session's user in the session's project, with `roles` (by id
/// where there is one, else by name). Gives the trust's id. Throws Error{MissingCredentialError}
/// where the user has not these roles.
Task<std::string> create_trust(Session& trustor, std::string trustee_user_id,
                               std::vector<Role> roles, bool allow_redelegation = false);

/// Ends a trust; one that is gone already is fine.
Task<> delete_trust(Session& trustor, std::string trust_id);

/// The ids of the trusts that the session's user gave `trustee_user_id` in the session's project:
/// to recognise one whose creation was not recorded.
Task<std::vector<std::string>> list_trusts(Session& trustor, std::string trustee_user_id);

/// The roles of that name, or all where it is empty.
Task<std::vector<Role>> list_roles(Session& session, std::string name);

}  // namespace heat
