#pragma once

#include <optional>

#include "twin/call.h"
#include "twin/world.h"

namespace heat::twin {

/// Identity v3: tokens, trusts, application credentials, the catalogue, and who there is.
class Keystone final : public Service {
 public:
  explicit Keystone(World& world) : world_(world) {}

  Reply serve(const Call& call) override;
  Reply refuse(const Refusal& refusal, const Call& call) const override;
  bool open(const Call& call) const override;

  /// Who a token that is still good speaks for.
  std::optional<Caller> caller(std::string_view token);

  std::string add_project(std::string name);
  std::string add_user(std::string name, std::string password);
  std::string add_role(std::string name);
  void grant(std::string_view user, std::string_view project, std::string_view role);
  void add_service(std::string type, std::string name, std::string url);
  /// The id of the object of that name in a collection ("identity/users"), or empty.
  std::string named(std::string_view collection, std::string_view name);

 private:
  Reply tokens(const Call& call);
  Reply issue(const Call& call);
  Reply trusts(const Call& call);
  Reply make_trust(const Call& call);
  Map shown_trust(const Map& trust, bool with_roles);
  Map shown_credential(const Map& credential);
  Reply credentials(const Call& call);
  Reply assignments(const Call& call);
  Reply grants(const Call& call);
  static std::string grant_id(std::string_view user, std::string_view project,
                              std::string_view role);
  Reply own_projects(const Call& call, std::string_view user);
  Reply plain(const Call& call);
  Value list(std::string_view name, List shown, const Call& call) const;
  Value token_body(const Map& token);
  Value catalog(std::string_view project);
  std::string check_password(const Value& password);
  std::string check_token(const Value& token, List& methods);
  const Map* check_credential(const Value& credential);
  void scope(Map& token, const Value& scope, std::string_view user);
  std::vector<std::string> roles_of(std::string_view user, std::string_view project);
  Value role_list(const Value& ids, bool whole);
  std::string url(std::string_view path) const;

  World& world_;
};

}  // namespace heat::twin
