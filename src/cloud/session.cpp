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

bool may_have_happened(const Error& error) {
  return error.kind() == ErrorKind::Timeout || error.kind() == ErrorKind::ServiceUnavailable ||
         error.kind() == ErrorKind::InternalError;
}

}  // namespace heat
