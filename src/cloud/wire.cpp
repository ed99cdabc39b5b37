#include "cloud/wire.h"

#include "cloud/catalogue.h"
#include "text/write.h"

namespace heat {

namespace {

/// The text's JSON, or the text itself: a proxy's page, an object's content.
Value read_body(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos || (text[first] != '{' && text[first] != '[')) return text;
  try {
    return from_json(text);
  } catch (const Error&) {
    return text;
  }
}

void add_microversion(Headers& headers, std::string_view service, const std::string& version) {
  if (version.empty()) return;
  const auto name = service_name(service);
  const bool volumes = name == "volumev3";
  headers.add("OpenStack-API-Version", std::string(volumes ? "volume" : name) + ' ' + version);
  if (name == "compute") headers.add("X-OpenStack-Nova-API-Version", version);
  if (name == "sharev2") headers.add("X-OpenStack-Manila-API-Version", version);
}

void add_body(HttpRequest& http, const Value& body) {
  if (body.is_null()) return;
  const auto* type = http.headers.find("Content-Type");
  const bool json = !type || type->find("json") != type->npos;
  http.body = !json && body.is_string() ? body.as_string() : to_json(body);
  if (!type) http.headers.add("Content-Type", "application/json");
}

}  // namespace

HttpRequest write_request(const CloudRequest& request, std::string_view base,
                          const std::string& token) {
  HttpRequest http;
  http.method = request.method;
  http.url = request_url(base, request.path);
  http.headers = request.headers;
  http.headers.set("X-Auth-Token", token);
  http.headers.add("User-Agent", "heat");
  if (!http.headers.find("Accept")) http.headers.add("Accept", "application/json");
  add_microversion(http.headers, request.service, request.microversion);
  add_body(http, request.body);
  return http;
}

CloudResponse read_answer(const HttpResponse& answer) {
  CloudResponse response{answer.status, answer.headers, {}};
  if (!answer.body.empty()) response.body = read_body(answer.body);
  return response;
}

}  // namespace heat
