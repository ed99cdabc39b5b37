#include "cloud/session.h"

namespace heat {

namespace {

constexpr std::size_t kLongestMessage = 2000;

/// The kind that the original's client of the service would have raised.
ErrorKind kind_of(const std::string& service, const CloudResponse& response) {
  const bool image = service == "image";
  const int status = response.status;
  // Neutron says 409 here; but waiting, as after a conflict, would not help.
  const bool quota = response.body["NeutronError"]["type"].string_or("") == "OverQuota";
  if (quota) return ErrorKind::OverLimit;
  switch (status) {
    case 400:
      return image ? ErrorKind::HTTPBadRequest : ErrorKind::BadRequest;
    case 401:
      return ErrorKind::Unauthorized;
    case 403:
      return ErrorKind::Forbidden;
    case 404:
      return image ? ErrorKind::HTTPNotFound : ErrorKind::NotFound;
    case 409:
      return ErrorKind::Conflict;
    case 413:
    case 429:
      return ErrorKind::OverLimit;
    case 502:
    case 503:
      return ErrorKind::ServiceUnavailable;
    case 504:
      return ErrorKind::Timeout;
    default:
      return status < 500 ? ErrorKind::BadRequest : ErrorKind::InternalError;
  }
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// The sentence on an error page: what follows its heading. Some services put a piece of such a
/// page into their JSON.
std::string without_markup(std::string_view page) {
  const auto has = [page](std::string_view tag) { return page.find(tag) != page.npos; };
  if (!has("<html") && !has("<!DOCTYPE") && !has("<br")) return trimmed(page);
  if (const auto heading = page.find("</h1>"); heading != page.npos)
    page.remove_prefix(heading + 5);
  std::string text;
  bool in_tag = false;
  for (const char c : page) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>') in_tag = false;
  }
  return trimmed(text);
}

/// The message in an error body: {"message": …}, or one level below, as in {"itemNotFound": {…}},
/// {"NeutronError": {…}}, {"error": {…}} and {"errors": [{…}]}.
std::string from_map(const Value& body, int depth = 0) {
  if (body.is_list()) return body.as_list().empty() ? "" : from_map(body[0], depth + 1);
  if (!body.is_map()) return depth == 1 && body.is_string() ? body.as_string() : "";
  // Heat's own faults explain the status beside it, for all of its errors alike.
  if (const std::string told = body["error"]["message"].string_or(""); !told.empty()) return told;
  for (const auto* field :
       {"message", "faultstring", "explanation", "title", "description", "error_message"}) {
    const auto& text = body[field];
    if (!text.is_string() || text.as_string().empty()) continue;
    const auto detail = body["detail"].string_or("");
    return text.as_string() + (detail.empty() ? "" : " " + detail);
  }
  if (depth == 2) return {};
  for (const auto& entry : body.as_map()) {
    if (auto text = from_map(entry.value, depth + 1); !text.empty()) return text;
  }
  return {};
}

std::string message_of(const CloudRequest& request, const CloudResponse& response) {
  auto text = without_markup(response.body.is_string() ? response.body.as_string()
                                                       : from_map(response.body));
  if (text.size() > kLongestMessage) text = text.substr(0, kLongestMessage) + " …";
  if (!text.empty()) return text;
  const auto path = request.path.substr(0, request.path.find('?'));
  return "The " + request.service + " service gave no reason for refusing " + request.method + " " +
         path + ".";
}

}  // namespace

Error cloud_error(const CloudRequest& request, const CloudResponse& response) {
  auto message = message_of(request, response) + " (HTTP " + std::to_string(response.status) + ")";
  for (const auto* header : {"X-OpenStack-Request-Id", "X-Compute-Request-Id"}) {
    const auto* id = response.headers.find(header);
    if (!id) continue;
    message += " (Request-ID: " + *id + ")";
    break;
  }
  return Error(kind_of(request.service, response), std::move(message));
}

}  // namespace heat
