#include "api/rest/handlers.h"
#include "api/rest/stack_request.h"
#include "base/error.h"

namespace heat::api {

Answer validate_template(Call& call) {
  StackRequest request = read_stack_request(call.body, BodyOf::Validate);
  Map args = request.args.as_map();
  args.set("show_nested", call.query.boolean("show_nested", false));
  if (const std::string* codes = call.query.find("ignore_errors"))
    args.set("ignore_errors", *codes);
  request.args = std::move(args);

  try {
    co_return json_response(
        co_await call.operations.validate_template(call.context, std::move(request)));
  } catch (const Error& error) {
    // As the original tells of what it finds wrong, in place of an exception of its own.
    if (error.kind() != ErrorKind::StackValidationFailed &&
        error.kind() != ErrorKind::InvalidTemplateSection)
      throw;
    throw error.as(ErrorKind::HTTPBadRequest);
  }
}

Answer list_resource_types(Call& call) {
  Map filters;
  for (const auto& [parameter, argument] : {std::pair{"support_status", "support_status"},
                                            {"name", "type_name"},
                                            {"version", "heat_version"}})
    if (const std::string* text = call.query.find(parameter)) filters.set(argument, *text);
  filters.set("with_description", call.query.boolean("with_description", false));

  Value types = co_await call.operations.list_resource_types(call.context, std::move(filters));
  co_return json_response(Map{{"resource_types", std::move(types)}});
}

Answer show_resource_type(Call& call) {
  co_return json_response(co_await call.operations.resource_schema(
      call.context, call["type_name"], call.query.boolean("with_description", false)));
}

Answer generate_template(Call& call) {
  const std::string* asked = call.query.find("template_type");
  std::string flavour = asked ? *asked : "cfn";
  for (char& c : flavour) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (flavour != "cfn" && flavour != "hot")
    throw Error(ErrorKind::HTTPBadRequest,
                "Template type '" + flavour + "' is not supported: it is cfn or hot.");
  co_return json_response(
      co_await call.operations.generate_template(call.context, call["type_name"], flavour));
}

Answer list_template_versions(Call& call) {
  Value versions = co_await call.operations.list_template_versions(call.context);
  co_return json_response(Map{{"template_versions", std::move(versions)}});
}

Answer list_template_functions(Call& call) {
  Value functions = co_await call.operations.list_template_functions(
      call.context, call["template_version"], call.query.boolean("with_condition_func", false));
  co_return json_response(Map{{"template_functions", std::move(functions)}});
}

}  // namespace heat::api
