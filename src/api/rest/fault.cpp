#include "api/rest/fault.h"

#include "base/value.h"
#include "text/write.h"

namespace heat::api {

namespace {

struct StatusText {
  int status;
  std::string_view title;
  std::string_view explanation;
};

constexpr StatusText kStatusTexts[] = {
    {400, "Bad Request", "The request could not be understood or is not valid."},
    {401, "Unauthorized", "The request needs a valid token."},
    {403, "Forbidden", "Access was denied to this resource."},
    {404, "Not Found", "The resource could not be found."},
    {405, "Method Not Allowed", "This method is not available here."},
    {409, "Conflict", "The request conflicts with the present state."},
    {413, "Request Entity Too Large", "The body of the request is too large."},
    {500, "Internal Server Error", "The server could not complete the request."},
    {501, "Not Implemented", "The server does not offer this yet."},
    {503, "Service Unavailable", "The server can't serve the request at present."},
    {504, "Gateway Timeout", "Another service did not answer in time."},
};

const StatusText& text_of(int status) {
  for (const StatusText& text : kStatusTexts)
    if (text.status == status) return text;
  return text_of(status < 500 ? 400 : 500);
}

}  // namespace

std::string_view status_title(int status) { return text_of(status).title; }
std::string_view status_explanation(int status) { return text_of(status).explanation; }

HttpResponse fault(int status, std::string_view type, std::string_view message) {
  Map error{{"type", type}, {"traceback", nullptr}, {"message", message}};
  const Map body{{"code", status},
                 {"title", status_title(status)},
                 {"explanation", status_explanation(status)},
                 {"error", std::move(error)}};
  return {status, {{"Content-Type", "application/json"}}, to_json(body)};
}

HttpResponse fault(const Error& error) {
  std::string message = error.what();
  if (error.position()) {
    const std::string place = error.position()->str();
    if (message.find(place) == message.npos) message += " (" + place + ")";
  }
  return fault(error.http_status(), error.kind_name(), message);
}

}  // namespace heat::api
