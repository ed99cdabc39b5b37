#include "cloud/keystone_session.h"

#include "cloud/find_id.h"
#include "cloud/wire.h"

namespace heat {

namespace {

/// A token is renewed before it could run out during a request and what the service does for it.
constexpr Duration kExpiryMargin = std::chrono::minutes(2);

Repeat repeat_of(const CloudRequest& request) {
  if (request.method == "GET" || request.method == "HEAD") return Repeat::Effectless;
  const bool idempotent = request.method != "POST" && request.method != "PATCH";
  return idempotent && !request.once ? Repeat::Harmless : Repeat::Unsent;
}

std::string lookup_key(const Finder& finder, const std::string& name_or_id) {
  std::string key;
  const auto add = [&key](const std::string& part) { key.append(part).append(1, '\n'); };
  for (const auto& part : {finder.service, finder.collection, finder.id_field, finder.name_field}) {
    add(part);
  }
  for (const auto& [name, value] : finder.filters) {
    add(name);
    add(value);
  }
  add(name_or_id);
  return key;
}

}  // namespace

const ServiceAccess& SessionOptions::access_to(std::string_view service) const {
  const auto own = access_of.find(service_name(service));
  return own == access_of.end() ? access : own->second;
}

Task<std::unique_ptr<KeystoneSession>> KeystoneSession::open(Keystone& keystone,
                                                             Credentials credentials,
                                                             SessionOptions options) {
  auto token = co_await keystone.authenticate(credentials);
  co_return std::make_unique<KeystoneSession>(keystone, std::move(token), std::move(credentials),
                                              std::move(options));
}

KeystoneSession::KeystoneSession(Keystone& keystone, Token token,
                                 std::optional<Credentials> credentials, SessionOptions options)
    : keystone_(keystone),
      token_(std::move(token)),
      credentials_(std::move(credentials)),
      options_(std::move(options)),
      renewing_(keystone.loop(), 1),
      lookups_(keystone.loop()) {}

std::string KeystoneSession::base_url(const std::string& service) const {
  const std::string& interface = options_.access_to(service).interface;
  auto url = token_.catalogue.url(service, options_.region, interface);
  // The identity service is where the token came from, though the catalogue may not say so.
  if (!url && service_name(service) == "identity") url = keystone_.url();
  if (!url) {
    const auto where = options_.region.empty() ? "" : " in region " + options_.region;
    throw Error(ErrorKind::ClientNotAvailable, "The client (" + service +
                                                   ") is not available: the catalogue has no " +
                                                   interface + " endpoint for it" + where + '.');
  }
  return endpoint_url(service, *url, token_.project_id);
}

Task<std::string> KeystoneSession::endpoint(std::string service) { co_return base_url(service); }

Task<bool> KeystoneSession::has_service(std::string service) {
  const std::string& interface = options_.access_to(service).interface;
  co_return token_.catalogue.url(service, options_.region, interface).has_value();
}

bool KeystoneSession::about_to_expire() const {
  if (!credentials_ || !credentials_->token.empty()) return false;  // a token gives no later one
  return keystone_.loop().now() + kExpiryMargin >= token_.expires_at;
}

/// Gets the token after `refused`; nothing to do where another task has done it meanwhile.
Task<> KeystoneSession::renew(std::string refused) {
  const auto permit = co_await renewing_.acquire();
  if (token_.id != refused || !credentials_) co_return;
  auto next = co_await keystone_.authenticate(*credentials_);
  if (next.project_id != token_.project_id) {
    throw Error(ErrorKind::AuthorizationFailure,
                "Authorization failed. The new token is for another project.");
  }
  token_ = std::move(next);
}

Task<CloudResponse> KeystoneSession::call(CloudRequest request) {
  if (about_to_expire()) co_await renew(token_.id);
  const auto repeat = repeat_of(request);
  for (bool again = credentials_.has_value();; again = false) {
    const auto used = token_.id;
    auto http = write_request(request, base_url(request.service), used);
    http.timeout = options_.request_timeout;
    http.tls = options_.access_to(request.service).tls;
    http.give_up = request.cancel;
    auto& limit = keystone_.limits().of(request.service, token_.project_id);
    const auto answer =
        co_await fetch_patiently(keystone_.loop(), keystone_.http(), limit, options_.patience,
                                 repeat, request.service, std::move(http));
    if (answer.status == 401 && again) {
      co_await renew(used);
      continue;
    }
    auto response = read_answer(answer);
    if (response.status >= 500) throw cloud_error(request, response);
    co_return response;
  }
}

Task<std::string> KeystoneSession::find_id(Finder finder, std::string name_or_id) {
  const auto key = lookup_key(finder, name_or_id);
  if (const auto known = ids_.find(key); known != ids_.end()) co_return known->second;
  std::string id =
      co_await lookups_.ask(key, [&] { return heat::find_id(*this, finder, name_or_id); });
  co_return ids_.insert_or_assign(key, std::move(id)).first->second;
}

}  // namespace heat
