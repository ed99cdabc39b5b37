#include <algorithm>
#include <limits>

#include "api/rest/handlers.h"
#include "api/rest/views.h"
#include "base/error.h"

namespace heat::api {

namespace {

constexpr const char* kResourceFilters[] = {"type",   "status", "name",
                                            "action", "id",     "physical_resource_id"};

void refuse_unknown_filters(const Query& query) {
  for (const std::string& name : query.names()) {
    const bool known = name == "nested_depth" || name == "with_detail" ||
                       std::find(std::begin(kResourceFilters), std::end(kResourceFilters), name) !=
                           std::end(kResourceFilters);
    if (!known) throw Error(ErrorKind::HTTPBadRequest, "Invalid filter parameter '" + name + "'.");
  }
}

}  // namespace

Answer list_resources(Call& call) {
  refuse_unknown_filters(call.query);
  Map filters;
  for (const char* name : kResourceFilters)
    if (Value filter = call.query.filter(name); !filter.is_null()) filters.set(name, filter);
  const auto depth = std::min<std::int64_t>(call.query.count("nested_depth").value_or(0),
                                            std::numeric_limits<int>::max());

  const Value resources = co_await call.operations.list_stack_resources(
      call.context, call.stack(), static_cast<int>(depth), call.query.boolean("with_detail", false),
      std::move(filters));
  List views;
  for (const Value& resource : resources.as_list()) views.push_back(resource_view(call, resource));
  co_return json_response(Map{{"resources", std::move(views)}});
}

Answer show_resource(Call& call) {
  const Value resource = co_await call.operations.describe_stack_resource(
      call.context, call.stack(), call["resource_name"], call.query.all("with_attr"));
  co_return json_response(Map{{"resource", resource_view(call, resource)}});
}

Answer show_metadata(Call& call) {
  const Value resource = co_await call.operations.describe_stack_resource(
      call.context, call.stack(), call["resource_name"], {});
  co_return json_response(Map{{"metadata", resource["metadata"]}});
}

}  // namespace heat::api
