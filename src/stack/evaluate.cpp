#include "stack/evaluate.h"

#include <utility>

namespace heat {

Task<Value> availability_zones(Session* session) {
  if (session == nullptr) co_return List{"nova"};
  CloudRequest request;
  request.service = "compute";
  request.path = "/os-availability-zone";
  const Value answer = co_await session->fact(std::move(request));
  List names;
  if (const Value& zones = answer["availabilityZoneInfo"]; zones.is_list())
    for (const Value& zone : zones.as_list()) names.push_back(zone["zoneName"]);
  co_return names;
}

Task<Value> evaluate(const Expression& expression, DefinitionScope& scope, Session* session,
                     Missing& missing) {
  Missing found;
  Value value = expression.evaluate(scope, found);
  if (found.availability_zones) {
    scope.know_availability_zones(co_await availability_zones(session));
    value = expression.evaluate(scope, missing);
    co_return value;
  }
  missing.references.merge(found.references);
  missing.attributes.merge(found.attributes);
  co_return value;
}

}  // namespace heat
