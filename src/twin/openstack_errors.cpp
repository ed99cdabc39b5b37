#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

std::string_view title(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    default:
      return "Error";
  }
}

std::string_view fault_name(int status) {
  switch (status) {
    case 400:
      return "badRequest";
    case 403:
      return "forbidden";
    case 404:
      return "itemNotFound";
    case 409:
      return "conflictingRequest";
    case 413:
      return "overLimit";
    default:
      return "computeFault";
  }
}

}  // namespace

Reply no_token(std::string message) {
  return {401, Map{{"error", Map{{"code", 401}, {"title", title(401)}, {"message", message}}}}, {}};
}

Reply faultwrapped(const Refusal& refusal) {
  return {refusal.status,
          Map{{fault_name(refusal.status),
               Map{{"code", refusal.status}, {"message", refusal.message}}}},
          {}};
}

Reply web_error(int status, std::string message) {
  return {status,
          Map{{"message", message + "<br /><br />"},
              {"code", std::to_string(status) + " " + std::string(title(status))},
              {"title", title(status)}},
          {}};
}

}  // namespace heat::twin
