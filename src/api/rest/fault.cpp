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

/// One of the problems by itself, for programs.
Map problem_of(const Error& error) {
  List path;
  for (const std::string& step : error.path()) path.push_back(step);
  Map problem{{"type", error.kind_name()}, {"path", std::move(path)}, {"message", error.message()}};
  if (const auto& position = error.position()) {
    problem.set("file", position->file);
    problem.set("line", position->line);
    problem.set("column", position->column);
  }
  return problem;
}

Map error_of(std::string_view type, std::string_view message) {
  return {{"type", type}, {"traceback", nullptr}, {"message", message}};
}

HttpResponse response_of(int status, Map error) {
  const Map body{{"code", status},
                 {"title", status_title(status)},
                 {"explanation", status_explanation(status)},
                 {"error", std::move(error)}};
  return {status, {{"Content-Type", "application/json"}}, to_json(body)};
}

}  // namespace

std::string_view status_title(int status) { return text_of(status).title; }
std::string_view status_explanation(int status) { return text_of(status).explanation; }

HttpResponse fault(int status, std::string_view type, std::string_view message) {
  return response_of(status, error_of(type, message));
}

HttpResponse fault(const Error& error) {
  std::string message = error.what();
  if (error.position()) message += "\n" + error.position()->picture();
  if (message.ends_with('\n')) message.pop_back();
  Map told = error_of(error.kind_name(), message);
  const auto parts = error.parts();
  if (parts.size() > 1 || !error.path().empty() || error.position()) {
    List problems;
    for (const Error& part : parts) problems.push_back(problem_of(part));
    told.set("problems", std::move(problems));
  }
  return response_of(error.http_status(), std::move(told));
}

}  // namespace heat::api
