#pragma once

#include <string>

#include "base/value.h"

namespace heat {

/// What proves who we are to Keystone, and the scope that is asked for. Of token, application
/// credential and password the first that is given is used.
struct Credentials {
  std::string token;

  std::string application_credential_id;
  std::string application_credential_name;  ///< with the user, in place of the id
  std::string application_credential_secret;

  std::string user_id;  ///< or name and domain
  std::string user_name;
  std::string user_domain_id;
  std::string user_domain_name;
  std::string password;

  std::string trust_id;    ///< scope: what the trust gives; else a project
  std::string project_id;  ///< or name and domain
  std::string project_name;
  std::string project_domain_id;
  std::string project_domain_name;

  bool operator==(const Credentials&) const = default;
};

/// The body of POST /v3/auth/tokens. Throws Error{MissingCredentialError} where a part is missing.
Value auth_request(const Credentials& credentials);

}  // namespace heat
