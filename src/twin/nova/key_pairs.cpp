#include <openssl/evp.h>

#include "base/base64.h"
#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

/// Fingerprints are MD5 over the key's bytes, as ssh-keygen shows them.
std::string fingerprint(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  EVP_Q_digest(nullptr, "MD5", nullptr, bytes.data(), bytes.size(), digest, &size);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kDigits[digest[i] / 16];
    text += kDigits[digest[i] % 16];
  }
  return text;
}

/// The bytes of "ssh-rsa AAAA… comment", or nothing where that is no public key.
std::optional<std::string> key_bytes(std::string_view key) {
  const std::size_t blank = key.find(' ');
  if (blank == key.npos) return std::nullopt;
  const std::string_view kind = key.substr(0, blank);
  std::string_view rest = key.substr(blank + 1);
  const auto bytes = from_base64(rest.substr(0, rest.find_first_of(" \n")));
  if (!bytes || bytes->size() < kind.size() + 4 || bytes->compare(4, kind.size(), kind) != 0)
    return std::nullopt;
  return bytes;
}

/// A key that looks like one; nothing can be opened with it.
std::string made_key(World& world) {
  std::string bytes("\0\0\0\7ssh-rsa\0\0\0\3\1\0\1", 18);
  for (int i = 0; i < 8; ++i) bytes += world.hex();
  return "ssh-rsa " + base64(bytes) + " Generated-by-Nova";
}

}  // namespace

void Nova::add_key_pair(std::string name, std::string_view user) {
  const std::string key = made_key(world_);
  all("keypairs")
      .add(std::string(user) + "/" + name, Map{{"name", name},
                                               {"public_key", key},
                                               {"fingerprint", fingerprint(*key_bytes(key))},
                                               {"user_id", user},
                                               {"created_at", world_.iso()},
                                               {"deleted", false},
                                               {"deleted_at", nullptr},
                                               {"id", 1},
                                               {"updated_at", nullptr},
                                               {"type", "ssh"}});
}

Reply Nova::key_pairs(const Call& call) {
  const int minor = microversion(call);
  const std::string& user = call.caller.user_id;
  Objects& known = all("keypairs");
  if (call.method == "POST") {
    const Value& wanted = call.body["keypair"];
    const Value& given = wanted["public_key"];
    if (!wanted["name"].is_string()) throw missing_member("keypair", wanted, "name");
    if (minor >= 92 && given.is_null()) throw missing_member("keypair", wanted, "public_key");
    if (given.is_string() && !key_bytes(given.as_string()))
      throw bad("Keypair data is invalid: failed to generate fingerprint");
    const std::string name = wanted["name"].as_string(), id = user + "/" + name;
    if (known.find(id)) throw Refusal{409, "Key pair '" + name + "' already exists.", ""};
    add_key_pair(name, user);
    Map& made = *known.find(id);
    made.set("id", static_cast<std::int64_t>(known.size()));
    if (given.is_string()) {
      made.set("public_key", given);
      made.set("fingerprint", fingerprint(*key_bytes(given.as_string())));
    }
    Map view;
    for (const char* member : {"name", "public_key", "fingerprint", "user_id"})
      view.set(member, get(made, member));
    if (minor >= 2) view.set("type", "ssh");
    if (given.is_null())
      view.set("private_key", "-----BEGIN RSA PRIVATE KEY-----\n" + base64(world_.hex()) +
                                  "\n-----END RSA PRIVATE KEY-----\n");
    return {minor >= 2 ? 201 : 200, Map{{"keypair", view}}, {}};
  }
  if (call.path.size() == 2) {
    List list;
    for (const auto& [order, row] : known.rows()) {
      if (!is(row.object, "user_id", user)) continue;
      Map view;
      for (const char* member : {"name", "public_key", "fingerprint"})
        view.set(member, get(row.object, member));
      if (minor >= 2) view.set("type", "ssh");
      list.push_back(Map{{"keypair", view}});
    }
    return {200, Map{{"keypairs", list}}, {}};
  }
  const std::string name(call.part(2)), id = user + "/" + name;
  const Map* pair = known.find(id);
  if (!pair) throw Refusal{404, "Keypair " + name + " not found for user " + user, ""};
  if (call.method == "DELETE") {
    known.erase(id);
    return {minor >= 2 ? 204 : 202, {}, {}};
  }
  Map view = *pair;
  if (minor < 2) view.erase("type");
  return {200, Map{{"keypair", view}}, {}};
}

}  // namespace heat::twin
