#include "base/base64.h"
#include "base/error.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/ports.h"
#include "types/nova/server.h"

// Updates in place, in the order in which the original makes them, and what a replacement does to
// the fixed addresses of the old server.
namespace heat {

using namespace nova;

namespace {

Task<Value> current(Resource& resource) {
  return get_server(resource.session(), resource.physical_id());
}

Task<> change(Resource& resource, std::string path, Value body, std::string microversion = {}) {
  co_await resource.session().send(compute("PUT", "/servers/" + resource.physical_id() + path,
                                           std::move(body), std::move(microversion)));
}

Task<Value> act_on(Resource& resource, Value action, std::string microversion = {}) {
  co_await act(resource.session(), resource.physical_id(), std::move(action),
               std::move(microversion));
  co_return Value(true);
}

Task<std::optional<Value>> resize_begun(Resource& resource, Value flavor) {
  const Value server = co_await current(resource);
  const std::string status = status_of(server);
  if (status == "RESIZE" || status == "VERIFY_RESIZE" || server["flavor"]["id"] == flavor)
    co_return Value(true);
  co_return std::nullopt;
}

Task<bool> resized(Resource& resource, Value flavor) {
  const Value server = co_await current(resource);
  const std::string status = status_of(server);
  // Nova may show the old state for a moment after it has taken the request.
  if (status == "RESIZE" || status == "ACTIVE")
    co_return server["flavor"]["id"] == flavor&& status == "ACTIVE";
  if (status == "VERIFY_RESIZE") co_return true;
  throw Error(ErrorKind::Error,
              "Resizing to '" + flavor.string_or("") + "' failed, status '" + status + "'");
}

Task<std::optional<Value>> resize_confirmed(Resource& resource) {
  const Value server = co_await current(resource);
  if (status_of(server) == "VERIFY_RESIZE") co_return std::nullopt;
  co_return Value(true);
}

Task<bool> confirmed(Resource& resource) {
  const Value server = co_await current(resource);
  const std::string status = status_of(server);
  if (status == "ACTIVE") co_return true;
  const std::string task = server["OS-EXT-STS:task_state"].string_or("");
  if (status == "VERIFY_RESIZE" || task.find("resize") != std::string::npos) co_return false;
  throw Error(ErrorKind::ResourceUnknownStatus,
              "Confirm resize for server " + resource.physical_id() + " failed - Unknown status " +
                  status + " due to \"Unknown\"");
}

Task<> resize(Resource& resource) {
  const Value flavor = resource.property("flavor");
  const Value action = Map{{"resize", Map{{"flavorRef", flavor}}}};
  co_await resource.step(
      "resize", [&] { return resize_begun(resource, flavor); },
      [&] { return act_on(resource, action); });
  co_await resource.wait([&] { return resized(resource, flavor); });
  const Value confirm = Map{{"confirmResize", nullptr}};
  co_await resource.step(
      "confirm-resize", [&] { return resize_confirmed(resource); },
      [&] { return act_on(resource, confirm); });
  co_await resource.wait([&] { return confirmed(resource); });
}

Task<std::optional<Value>> rebuild_begun(Resource& resource, Value image) {
  const Value server = co_await current(resource);
  if (status_of(server) == "REBUILD" || server["image"]["id"] == image) co_return Value(true);
  co_return std::nullopt;
}

Task<std::optional<Value>> rebuilding(Resource& resource) {
  const Value server = co_await current(resource);
  if (status_of(server) == "REBUILD") co_return Value(true);
  co_return std::nullopt;
}

Task<bool> rebuilt(Resource& resource) {
  const Value server = co_await current(resource);
  const std::string status = status_of(server);
  if (status == "ERROR") throw Error(ErrorKind::Error, "Rebuilding server failed, status 'ERROR'");
  co_return status != "REBUILD" && !server["OS-EXT-STS:task_state"].truthy();
}

Task<> rebuild_with_image(Resource& resource) {
  const Value image = resource.property("image");
  Map rebuild{{"imageRef", image}};
  if (resource.property("admin_pass").truthy())
    rebuild.set("adminPass", resource.property("admin_pass"));
  if (resource.property("image_update_policy") == Value("REBUILD_PRESERVE_EPHEMERAL"))
    rebuild.set("preserve_ephemeral", true);
  if (resource.property("metadata").truthy())
    rebuild.set("metadata", metadata_texts(resource.property("metadata")));
  const Value action = Map{{"rebuild", std::move(rebuild)}};
  co_await resource.step(
      "rebuild", [&] { return rebuild_begun(resource, image); },
      [&] { return act_on(resource, action); });
  co_await resource.wait([&] { return rebuilt(resource); });
}

Task<> rebuild_with_user_data(Resource& resource, std::string user_data) {
  const Value action = Map{
      {"rebuild", Map{{"imageRef", resource.property("image")}, {"user_data", base64(user_data)}}}};
  co_await resource.step(
      "rebuild-user-data", [&] { return rebuilding(resource); },
      [&] { return act_on(resource, action, kRebuildUserData); });
  co_await resource.wait([&] { return rebuilt(resource); });
}

Task<> change_password(Resource& resource) {
  const Value action = Map{{"changePassword", Map{{"adminPass", resource.property("admin_pass")}}}};
  // Set a second time, it is the same.
  co_await resource.step("password", nullptr, [&] { return act_on(resource, action); });
}

}  // namespace

Task<> Server::update(Resource& resource, PropertyChanges changes) {
  if (changes.contains("metadata"))
    co_await change(resource, "/metadata",
                    Map{{"metadata", metadata_texts(resource.property("metadata"))}});
  if (changes.contains("tags")) {
    const Value& tags = resource.property("tags");
    co_await change(resource, "/tags", Map{{"tags", tags.is_null() ? Value(List{}) : tags}}, kTags);
  }
  if (changes.contains("name")) {
    const Value& name = resource.property("name");
    co_await change(
        resource, "",
        Map{{"server", Map{{"name", name.truthy() ? name : Value(resource.physical_name())}}}});
  }
  if (changes.contains("networks"))
    co_await update_interfaces(resource, resource.applied()["networks"],
                               resource.property("networks"));
  if (changes.contains("flavor")) co_await resize(resource);
  if (changes.contains("user_data") &&
      resource.property("user_data_update_policy") == Value("REBUILD"))
    co_await rebuild_with_user_data(resource, co_await user_data(resource));
  if (changes.contains("image"))
    co_await rebuild_with_image(resource);
  else if (changes.contains("admin_pass"))
    co_await change_password(resource);
  co_await note_external_ports(resource);
  co_await resource.save();
}

Task<> Server::release(Resource& old) { co_await release_ports(old); }

Task<> Server::reclaim(Resource& old) { co_await reclaim_ports(old); }

}  // namespace heat
