#include "api/rest/stack_request.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "api/rest/query.h"
#include "base/error.h"

namespace heat::api {

namespace {

/// Members that are no arguments of the operation.
constexpr std::array<std::string_view, 8> kParts = {
    "stack_name",  "template", "template_url",      "parameters",
    "environment", "files",    "environment_files", "files_container"};

[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorKind::HTTPBadRequest, std::move(message));
}

/// The member, which must be a map or missing.
Value map_member(const Value& body, std::string_view name) {
  const Value& member = body[name];
  if (member.is_null()) return Map();
  if (!member.is_map())
    refuse("'" + std::string(name) + "' must be a map; this one is " +
           std::string(member.kind_name()) + ".");
  return member;
}

Value template_of(const Value& body, BodyOf purpose) {
  const Value& source = body["template"];
  if (source.is_map() || source.is_string()) return source;
  if (!source.is_null())
    refuse("'template' must be a map or text; this is " + std::string(source.kind_name()) + ".");
  if (purpose != BodyOf::Patch && body["template_url"].is_null())
    refuse("No template specified: the request needs a 'template'.");
  return Value();
}

std::vector<std::string> environment_files_of(const Value& body) {
  const Value& names = body["environment_files"];
  if (names.is_null()) return {};
  if (!names.is_list()) refuse("'environment_files' must be a list of names in 'files'.");
  std::vector<std::string> result;
  for (const Value& name : names.as_list()) {
    if (!name.is_string()) refuse("'environment_files' must be a list of names in 'files'.");
    result.push_back(name.as_string());
  }
  return result;
}

Value arguments_of(const Value& body, BodyOf purpose) {
  const bool update = purpose == BodyOf::Update || purpose == BodyOf::Patch;
  Map args;
  for (const auto& [key, value, kind] : body.as_map())
    if (std::find(kParts.begin(), kParts.end(), key) == kParts.end()) args.set(key, value);

  if (const Value* minutes = args.find("timeout_mins"); minutes && !minutes->is_null())
    args.set("timeout_mins", read_count("timeout_mins", *minutes));
  if (const Value* tags = args.find("tags"); tags && tags->is_string()) {
    const auto list = read_tags(tags->as_string());
    args.set("tags", List(list.begin(), list.end()));
  }
  for (const char* flag : {"disable_rollback", "converge"})
    if (const Value* value = args.find(flag)) args.set(flag, read_boolean(flag, *value));
  if (args.contains("converge") && !update)
    refuse("'converge' is for updates and previews of updates only.");
  if (purpose == BodyOf::Patch) args.set("existing", true);
  return args;
}

}  // namespace

StackRequest read_stack_request(const Value& body, BodyOf purpose) {
  if (!body.is_map())
    refuse("The request needs a JSON object as its body, with Content-Type: application/json.");
  if (body["files_container"].truthy())
    throw Error(ErrorKind::NotSupported,
                "'files_container' is not supported yet: send the files themselves as 'files'.");

  StackRequest request;
  const bool named = purpose == BodyOf::Create || purpose == BodyOf::Preview;
  const Value& name = body["stack_name"];
  if (named && name.is_null()) refuse("No stack name specified: the request needs a 'stack_name'.");
  if (named && !name.is_string())
    throw Error(ErrorKind::StackValidationFailed, "The 'stack_name' must be a string.");
  request.name = body["stack_name"].string_or("");
  request.template_source = template_of(body, purpose);
  const Value& url = body["template_url"];
  if (!url.is_null() && !url.is_string()) refuse("'template_url' must be text.");
  request.template_url = url.string_or("");
  request.environment_files = environment_files_of(body);
  // Clients send the merged environment beside the files it was merged from; the files count.
  if (request.environment_files.empty()) {
    const Value& environment = body["environment"];
    if (!environment.is_null() && !environment.is_map() && !environment.is_string())
      refuse("'environment' must be a map or text; this is " +
             std::string(environment.kind_name()) + ".");
    request.environment = environment;
  }
  request.files = map_member(body, "files");
  request.parameters = map_member(body, "parameters");
  request.args = arguments_of(body, purpose);
  return request;
}

}  // namespace heat::api
