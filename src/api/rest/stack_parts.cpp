#include "api/rest/handlers.h"

namespace heat::api {

Answer show_template(Call& call) {
  co_return json_response(co_await call.operations.get_template(call.context, call.stack()));
}

Answer show_environment(Call& call) {
  co_return json_response(co_await call.operations.get_environment(call.context, call.stack()));
}

Answer show_files(Call& call) {
  co_return json_response(co_await call.operations.get_files(call.context, call.stack()));
}

Answer list_outputs(Call& call) {
  Value outputs = co_await call.operations.list_outputs(call.context, call.stack());
  co_return json_response(Map{{"outputs", std::move(outputs)}});
}

Answer show_output(Call& call) {
  Value output =
      co_await call.operations.show_output(call.context, call.stack(), call["output_key"]);
  co_return json_response(Map{{"output", std::move(output)}});
}

}  // namespace heat::api
