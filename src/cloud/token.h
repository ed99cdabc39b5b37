#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "cloud/catalogue.h"

namespace heat {

struct Role {
  std::string id;
  std::string name;
  friend bool operator==(const Role&, const Role&) = default;
};

/// A Keystone token and what it stands for.
struct Token {
  std::string id;  ///< the secret; never logged
  Time expires_at{};
  std::string user_id, user_name, user_domain_id, user_domain_name;
  std::string project_id, project_name, project_domain_id, project_domain_name;
  std::vector<Role> roles;
  /// False where Keystone has a project for administrators, and this is another.
  bool is_admin_project = true;
  std::string trust_id;  ///< where it was got through a trust
  Catalogue catalogue;
};

/// Of the body that Keystone gives with a token. Throws Error where it is none.
Token read_token(std::string id, const Value& body);

}  // namespace heat
