#include "types/nova/key_pair.h"

#include "base/error.h"
#include "net/url.h"
#include "types/nova/compute.h"

namespace heat {

using namespace nova;

namespace {

constexpr const char* kReleased = "released_name";

// Nova up to 2.91 makes a key where none is given.
std::string microversion(const Resource& resource) {
  if (resource.property("user").truthy()) return kKeyUser;
  return resource.property("type").truthy() ? kKeyType : "";
}

std::string path_of(const Resource& resource, const std::string& name) {
  std::string path = "/os-keypairs/" + percent_encode(name);
  if (const Value& user = resource.property("user"); user.truthy())
    path += "?" + build_query({{"user_id", user.as_string()}});
  return path;
}

Task<std::optional<Value>> find_pair(Resource& resource, std::string name) {
  const auto answer = co_await resource.session().find(
      compute("GET", path_of(resource, name), {}, microversion(resource)));
  if (!answer) co_return std::nullopt;
  co_return (*answer)["keypair"];
}

Task<> delete_pair(Resource& resource, std::string name) {
  co_await resource.session().find(
      compute("DELETE", path_of(resource, name), {}, microversion(resource)));
}

/// A pair of this name that is there before our first try is somebody's own.
Task<Value> must_be_free(Resource& resource, std::string name) {
  if (co_await find_pair(resource, name))
    throw Error(ErrorKind::Conflict, "Key pair '" + name +
                                         "' already exists; choose another name, or delete it "
                                         "first");
  co_return Value(true);
}

/// What a lost try made. Where Nova made the key, its private half is lost with the answer: the
/// pair is deleted, to be made again.
Task<std::optional<Value>> find_made(Resource& resource, std::string name) {
  const auto pair = co_await find_pair(resource, name);
  if (!pair) co_return std::nullopt;
  if (resource.property("public_key").truthy()) {
    resource.set_physical_id(name);
    co_return Value(name);
  }
  co_await delete_pair(resource, name);
  co_return std::nullopt;
}

Task<Value> post_pair(Resource& resource, std::string name) {
  Map pair{{"name", name}};
  for (const auto& [property, member] : {std::pair{"public_key", "public_key"},
                                         std::pair{"type", "type"}, std::pair{"user", "user_id"}})
    if (resource.property(property).truthy()) pair.set(member, resource.property(property));
  const Value answer = co_await resource.session().send(
      compute("POST", "/os-keypairs", Map{{"keypair", std::move(pair)}}, microversion(resource)));
  resource.set_physical_id(name);
  const Value& secret = answer["keypair"]["private_key"];
  if (resource.property("save_private_key").truthy() && secret.is_string())
    resource.set_data("private_key", secret.as_string());
  co_return Value(name);
}

Task<Value> give_up(Resource& resource, std::string name) {
  co_await delete_pair(resource, name);
  co_return Value(true);
}

Task<Value> make_again(Resource& resource, std::string name) {
  if (!co_await find_pair(resource, name)) co_await post_pair(resource, name);
  resource.set_physical_id(name);
  co_return Value(name);
}

}  // namespace

Task<> KeyPair::create(Resource& resource) {
  const std::string name = resource.property("name").as_string();
  co_await resource.step("free", nullptr, [&] { return must_be_free(resource, name); });
  co_await resource.step(
      "keypair", [&] { return find_made(resource, name); },
      [&] { return post_pair(resource, name); });
}

Task<> KeyPair::remove(Resource& resource) {
  if (!resource.physical_id().empty()) co_await delete_pair(resource, resource.physical_id());
}

Task<> KeyPair::consult(Value properties, Path path, Session& session,
                        Diagnostics& problems) const {
  const std::string newest = co_await newest_microversion(session);
  for (const auto& [property, version] : {std::pair{"type", kKeyType}, std::pair{"user", kKeyUser}})
    if (properties[property].truthy() && !supports(newest, version))
      problems.add(ErrorKind::StackValidationFailed,
                   std::string(property) + " needs microversion " + version +
                       " of Nova; this one knows " + newest + " at most.",
                   path);
  // An older microversion would still make a key, but the template would not last.
  if (properties["public_key"].is_null() && supports(newest, kNoMadeKeys))
    problems.add(ErrorKind::StackValidationFailed,
                 "Give public_key: this Nova no longer makes keys itself.", path);
}

Value KeyPair::reference_id(const ResourceRow& row) const {
  return row.physical_id.empty() ? Value() : Value(row.physical_id);
}

Task<Map> KeyPair::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  std::optional<Value> pair;
  const Value& given = resource.property("public_key");
  const bool ask = names.contains("show") || (names.contains("public_key") && !given.truthy());
  if (ask && !resource.physical_id().empty())
    pair = co_await find_pair(resource, resource.physical_id());
  for (const std::string& name : names) {
    if (name == "private_key")
      values.set(name, resource.data("private_key"));
    else if (name == "public_key")
      values.set(name, given.truthy() ? given : (pair ? (*pair)["public_key"] : Value()));
    else
      values.set(name, pair.value_or(Value()));
  }
  co_return values;
}

Task<bool> KeyPair::exists(std::string id, Session& session) const {
  co_return (co_await session.find(compute("GET", "/os-keypairs/" + percent_encode(id))))
      .has_value();
}

Task<bool> KeyPair::healthy(Resource& resource) {
  if (resource.physical_id().empty()) co_return false;
  co_return (co_await find_pair(resource, resource.physical_id())).has_value();
}

Task<> KeyPair::release(Resource& old) {
  const std::string name = old.physical_id();
  if (name.empty()) co_return;
  old.set_data(kReleased, name);
  co_await old.step("release", nullptr, [&] { return give_up(old, name); });
  // The name is the replacement's from now on: of the old pair nothing is left to delete.
  old.set_physical_id("");
  co_await old.save();
}

Task<> KeyPair::reclaim(Resource& old) {
  const std::string name = old.data(kReleased);
  if (name.empty()) co_return;
  // It looks before it acts, so that it can be taken again after a crash or a lost answer.
  co_await old.step("reclaim", nullptr, [&] { return make_again(old, name); });
  old.erase_data(kReleased);
  co_await old.save();
}

}  // namespace heat
