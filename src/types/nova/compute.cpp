#include "types/nova/compute.h"

#include <set>

#include "base/error.h"
#include "text/write.h"

namespace heat::nova {

CloudRequest compute(std::string method, std::string path, Value body, std::string microversion) {
  return {.service = "compute",
          .method = std::move(method),
          .path = std::move(path),
          .body = std::move(body),
          .headers = {},
          .microversion = std::move(microversion)};
}

Task<std::string> newest_microversion(Session& session) {
  const Value answer = co_await session.fact(compute("GET", "/"));
  const std::string version = answer["version"]["version"].string_or("");
  co_return version.empty() ? "2.1" : version;
}

bool supports(const std::string& newest, const std::string& wanted) {
  const auto minor = [](const std::string& version) {
    return std::stoi(version.substr(version.find('.') + 1));
  };
  return minor(newest) >= minor(wanted);
}

Task<std::optional<Value>> find_server(Session& session, std::string id) {
  std::optional<Value> found = co_await session.find(compute("GET", "/servers/" + id));
  if (!found) co_return std::nullopt;
  co_return (*found)["server"];
}

Task<Value> get_server(Session& session, std::string id) {
  std::optional<Value> found = co_await find_server(session, id);
  if (!found) throw Error(ErrorKind::EntityNotFound, "The Server (" + id + ") could not be found.");
  co_return std::move(*found);
}

std::string status_of(const Value& server) {
  const std::string status = server["status"].string_or("");
  return status.substr(0, status.find('('));
}

bool is_active(const Value& server, const std::string& what) {
  static const std::set<std::string> passing{
      "BUILD",  "HARD_REBOOT",   "PASSWORD", "REBOOT",    "REBUILD",      "RESCUE",
      "RESIZE", "REVERT_RESIZE", "SHUTOFF",  "SUSPENDED", "VERIFY_RESIZE"};
  const std::string status = status_of(server);
  if (status == "ACTIVE") return true;
  if (passing.contains(status)) return false;
  if (status != "ERROR")
    throw Error(ErrorKind::ResourceUnknownStatus,
                what + " is not active - Unknown status " + status + " due to \"Unknown\"");
  const Value& fault = server["fault"];
  const Value& code = fault["code"];
  throw Error(ErrorKind::ResourceInError,
              "Went to status ERROR due to \"Message: " + fault["message"].string_or("Unknown") +
                  ", Code: " + (code.is_null() ? "Unknown" : to_python_str(code)) + "\"");
}

Task<Value> act(Session& session, std::string id, Value action, std::string microversion) {
  co_return co_await session.send(
      compute("POST", "/servers/" + id + "/action", std::move(action), std::move(microversion)));
}

Value metadata_texts(const Value& metadata) {
  Map texts;
  if (metadata.is_map())
    for (const auto& [key, value, kind] : metadata.as_map())
      texts.set(key, value.is_string() ? value : Value(to_python_json(value, false)));
  return texts;
}

}  // namespace heat::nova
