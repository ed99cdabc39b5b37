#include "api/rest/rest_api.h"

#include <chrono>

#include "api/rest/call.h"
#include "api/rest/fault.h"
#include "api/rest/routes.h"
#include "base/error.h"
#include "base/log_scope.h"
#include "text/write.h"

namespace heat {

HttpResponse api::json_response(const Value& body, int status) {
  return {status, {{"Content-Type", "application/json"}}, to_json(body)};
}

using namespace api;

namespace {

/// "http://host:port/prefix", as the client sees this server.
std::string public_address(const HttpRequest& request, const RestSettings& settings) {
  std::string scheme = settings.scheme, host = request.headers.get("Host", "localhost"), prefix;
  if (settings.trust_proxy_headers) {
    scheme = request.headers.get("X-Forwarded-Proto", scheme);
    host = request.headers.get("X-Forwarded-Host", host);
    prefix = request.headers.get("X-Forwarded-Prefix");
  }
  return scheme + "://" + host + prefix;
}

HttpResponse versions(const std::string& address) {
  const Map self{{"rel", "self"}, {"href", address + "/v1/"}};
  const Map version{{"id", "v1.0"}, {"status", "CURRENT"}, {"links", List{self}}};
  return json_response(Map{{"versions", List{version}}}, 300);
}

/// "v1" and "v1.0" are served; another "v…" is a version this server does not have.
enum class Version { None, One, Other };
Version version_of(std::string_view segment) {
  if (segment == "v1" || segment == "v1.0") return Version::One;
  const bool versioned =
      segment.size() > 1 && segment[0] == 'v' && segment[1] >= '0' && segment[1] <= '9';
  return versioned ? Version::Other : Version::None;
}

/// The body as JSON; null where there is none, or none of the type JSON (as the original has it).
Value read_body(const HttpRequest& request, std::size_t limit) {
  if (request.body.empty()) return Value();
  const std::string type = request.headers.get("Content-Type");
  if (!type.starts_with("application/json")) return Value();
  if (request.body.size() > limit)
    throw Error(ErrorKind::RequestLimitExceeded,
                "JSON body size (" + std::to_string(request.body.size()) +
                    " bytes) exceeds maximum allowed size (" + std::to_string(limit) +
                    " bytes). The operator can raise max_json_body_size.");
  try {
    return from_json(request.body);
  } catch (const Error& problem) {
    std::string message = "The body is no valid JSON: " + problem.message();
    if (const auto& place = problem.position())
      message += " (line " + std::to_string(place->line) + ", column " +
                 std::to_string(place->column) + ")";
    throw Error(ErrorKind::HTTPBadRequest, std::move(message));
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

HttpResponse wrong_method(const HttpRequest& request, const std::vector<std::string>& methods) {
  if (request.method == "OPTIONS") return {204, {{"Allow", joined(methods)}}, ""};
  HttpResponse response = fault(405, "HTTPMethodNotAllowed",
                                request.method + " is not available here; " + joined(methods) +
                                    (methods.size() > 1 ? " are." : " is."));
  response.headers.set("Allow", joined(methods));
  return response;
}

HttpResponse unauthorized(const std::string& identity_url) {
  const Map error{{"code", 401},
                  {"title", "Unauthorized"},
                  {"message", "The request needs a valid token in X-Auth-Token."}};
  HttpResponse response = json_response(Map{{"error", error}}, 401);
  response.headers.set("WWW-Authenticate", "Keystone uri=\"" + identity_url + "\"");
  return response;
}

/// The caller's id for a chain of requests, where it is one: it goes to the log as it came.
bool is_request_id(std::string_view text) {
  return text.size() == 40 && text.starts_with("req-") &&
         text.find_first_not_of("0123456789abcdef-", 4) == text.npos;
}

}  // namespace

Task<HttpResponse> RestApi::handle(HttpRequest request) {
  const auto begun = std::chrono::steady_clock::now();
  const std::string id = "req-" + random_.uuid();
  const std::string global_id = request.headers.get("X-Openstack-Request-Id");
  const std::string line = request.method + " " + request.url;
  const log::Scope scope({{"request_id", id}});

  HttpResponse response;
  try {
    response = co_await answer(std::move(request), id);
  } catch (const Error& error) {
    response = fault(error);
    if (response.status >= 500) log::error("request failed", {{"reason", error.what()}});
  } catch (const std::exception& problem) {
    log::error("request failed", {{"reason", problem.what()}});
    response = fault(500, "InternalError",
                     "The server failed on this request; its log tells more under " + id + ".");
  }

  response.headers.set("X-Openstack-Request-Id", id);
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  log::info(line, {{"status", std::to_string(response.status)},
                   {"milliseconds", std::to_string(spent.count())},
                   {"request_id", id},
                   {"global_request_id", is_request_id(global_id) ? global_id : "-"}});
  co_return response;
}

Task<HttpResponse> RestApi::answer(HttpRequest request, std::string request_id) {
  const std::string target = request.url.substr(0, request.url.find('?'));
  const std::string address = public_address(request, settings_);
  if (target == "/healthcheck") co_return HttpResponse{200, {{"Content-Type", "text/plain"}}, "OK"};
  if (target.empty() || target == "/" || target == "/versions") co_return versions(address);

  const std::size_t slash = std::min(target.find('/', 1), target.size());
  switch (version_of(std::string_view(target).substr(1, slash - 1))) {
    case Version::Other:
      co_return versions(address);
    case Version::None:
      co_return fault(404, "HTTPNotFound",
                      "There is nothing at " + target + ": the API begins at " + address + "/v1/.");
    case Version::One:
      break;
  }
  co_return co_await serve(std::move(request), address + target.substr(0, slash),
                           target.substr(slash), std::move(request_id));
}

Task<HttpResponse> RestApi::serve(HttpRequest request, std::string base, std::string path,
                                  std::string request_id) {
  const std::string token = request.headers.get("X-Auth-Token");
  std::optional<Context> context;
  if (!token.empty()) context = co_await tokens_.check(token);
  if (!context) co_return unauthorized(tokens_.identity_url());
  context->request_id = std::move(request_id);
  context->password = request.headers.get("X-Auth-Key");

  const std::size_t slash = std::min(path.find('/', 1), path.size());
  const std::string project = path.substr(std::min<std::size_t>(1, slash), slash - 1);
  RouteMatch match = find_route(request.method, std::string_view(path).substr(slash));
  if (!match.route && match.methods.empty())
    co_return fault(404, "HTTPNotFound", "There is nothing at " + path + ".");
  if (!match.route) co_return wrong_method(request, match.methods);
  // An administrator may be redirected to a URL of another project.
  if (percent_decode(project) != context->project_id && !context->is_admin)
    co_return fault(403, "HTTPForbidden", "The token is not for the project in the URL.");
  if (!permits(match.route->access, *context))
    co_return fault(403, "Forbidden",
                    "You are not authorized to use " + std::string(match.route->policy) + ".");

  Call call{operations_,
            std::move(*context),
            std::move(base),
            std::move(path),
            std::move(match.captured),
            api::Query(split_target(request.url).query),
            read_body(request, settings_.max_json_body_size)};
  co_return co_await match.route->handler(call);
}

}  // namespace heat
