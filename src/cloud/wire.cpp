#include "cloud/wire.h"

#include "cloud/catalogue.h"
#include "text/write.h"

namespace heat {

namespace {

bool looks_like_json(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && (text[first] == '{' || text[first] == '[');
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
  if (answer.body.empty()) return response;
  response.body = answer.body;
  if (!looks_like_json(answer.body)) return response;
  try {
    response.body = from_json(answer.body);
  } catch (const Error&) {
    // A proxy's page or an object's content that only begins like JSON: the text is the answer.
  }
  return response;
}

}  // namespace heat
