#include "cloud/credentials.h"

#include "base/error.h"

namespace heat {

namespace {

[[noreturn]] void missing(std::string_view what) {
  throw Error(ErrorKind::MissingCredentialError,
              "Missing required credential: " + std::string(what) + ".");
}

/// {"id": …}, or {"name": …, "domain": {…}}.
Value named(const std::string& id, const std::string& name, const std::string& domain_id,
            const std::string& domain_name, std::string_view what) {
  if (!id.empty()) return Map{{"id", id}};
  if (name.empty()) missing(what);
  if (!domain_id.empty()) return Map{{"name", name}, {"domain", Map{{"id", domain_id}}}};
  return Map{{"name", name},
             {"domain", Map{{"name", domain_name.empty() ? "Default" : domain_name}}}};
}

Value user_of(const Credentials& c) {
  return named(c.user_id, c.user_name, c.user_domain_id, c.user_domain_name, "user name or id");
}

Value identity(const Credentials& c) {
  const auto method = [](std::string_view name, Value content) -> Value {
    return Map{{"methods", List{name}}, {name, std::move(content)}};
  };
  if (!c.token.empty()) return method("token", Map{{"id", c.token}});
  if (!c.application_credential_secret.empty()) {
    Map content{{"secret", c.application_credential_secret}};
    if (!c.application_credential_id.empty()) {
      content.set("id", c.application_credential_id);
    } else {
      if (c.application_credential_name.empty()) missing("application credential name or id");
      content.set("name", c.application_credential_name);
      content.set("user", user_of(c));
    }
    return method("application_credential", std::move(content));
  }
  if (c.password.empty()) missing("password");
  auto user = user_of(c).as_map();
  user.set("password", c.password);
  return method("password", Map{{"user", std::move(user)}});
}

}  // namespace

Value auth_request(const Credentials& c) {
  Map auth{{"identity", identity(c)}};
  const bool project = !c.project_id.empty() || !c.project_name.empty();
  if (!c.trust_id.empty()) {
    auth.set("scope", Map{{"OS-TRUST:trust", Map{{"id", c.trust_id}}}});
  } else if (project && c.application_credential_secret.empty()) {
    // An application credential is bound to its project and takes no scope.
    auth.set("scope", Map{{"project", named(c.project_id, c.project_name, c.project_domain_id,
                                            c.project_domain_name, "project name or id")}});
  }
  return Map{{"auth", std::move(auth)}};
}

}  // namespace heat
