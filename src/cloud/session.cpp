#include "cloud/session.h"

namespace heat {

Task<Value> Session::send(CloudRequest request) {
  auto response = co_await call(request);
  if (response.status >= 400) throw cloud_error(request, response);
  co_return std::move(response.body);
}

Task<std::optional<Value>> Session::find(CloudRequest request) {
  auto response = co_await call(request);
  if (response.status == 404) co_return std::nullopt;
  if (response.status >= 400) throw cloud_error(request, response);
  co_return std::move(response.body);
}

Task<Value> Session::fact(CloudRequest request) {
  const std::string key = request.service + ' ' + request.microversion + ' ' + request.path;
  if (const auto known = facts_.find(key); known != facts_.end()) co_return known->second;
  Value answer = (co_await find(std::move(request))).value_or(Value());
  facts_.insert_or_assign(key, answer);
  co_return answer;
}

bool may_have_happened(const Error& error) {
  return error.kind() == ErrorKind::Timeout || error.kind() == ErrorKind::ServiceUnavailable ||
         error.kind() == ErrorKind::InternalError;
}

}  // namespace heat
