#include "api/rest/fault.h"
#include "api/rest/handlers.h"

namespace heat::api {

Answer show_build_info(Call& call) {
  const std::string revision = co_await call.operations.get_revision(call.context);
  co_return json_response(
      Map{{"api", Map{{"revision", revision}}}, {"engine", Map{{"revision", revision}}}});
}

Answer list_services(Call& call) {
  Value services = co_await call.operations.list_services(call.context);
  co_return json_response(Map{{"services", std::move(services)}});
}

Answer not_yet(Call& call) {
  co_return fault(501, "HTTPNotImplemented",
                  "This version of Heat does not offer " + call.path + " yet.");
}

}  // namespace heat::api
