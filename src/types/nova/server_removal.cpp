#include "base/error.h"
#include "net/url.h"
#include "resource/recognise.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/server.h"

// How a server goes, what is kept of it, and how it fares until then.
namespace heat {

using namespace nova;

namespace {

Task<bool> gone(Resource& resource) {
  const auto server = co_await find_server(resource.session(), resource.physical_id());
  if (!server) co_return true;
  if ((*server)["OS-EXT-STS:task_state"] == Value("deleting")) co_return false;
  const std::string status = status_of(*server);
  if (status == "DELETED") co_return true;
  if (status == "SOFT_DELETED")
    co_await act(resource.session(), resource.physical_id(), Map{{"forceDelete", nullptr}});
  if (status == "ERROR") {
    const Value& fault = (*server)["fault"];
    throw Error(ErrorKind::ResourceInError,
                "Went to status ERROR due to \"Server " + (*server)["name"].string_or("") +
                    " delete failed: " + fault["message"].string_or("Unknown") + "\"");
  }
  co_return false;
}

constexpr const char* kImage = "final_image";

CloudRequest image_request(std::string path) {
  CloudRequest request;
  request.service = "image";
  request.path = std::move(path);
  return request;
}

/// The image that a lost try began.
Task<std::optional<Value>> find_begun(Resource& resource) {
  const Value answer = co_await resource.session().send(
      image_request("/v2/images?" + build_query({{"name", resource.physical_name()}})));
  std::vector<Lookalike> alike;
  for (const Value& image : answer["images"].as_list())
    alike.push_back({image["id"].as_string(), image["created_at"]});
  co_return co_await only_one(resource, "image", std::move(alike), resource.begun("preserve"));
}

/// The image's id; null where there is no server any more.
Task<Value> post_image(Resource& resource) {
  const auto answer = co_await resource.session().find(
      compute("POST", "/servers/" + resource.physical_id() + "/action",
              Map{{"createImage", Map{{"name", resource.physical_name()}}}}, kImageId));
  co_return answer ? (*answer)["image_id"] : Value();
}

Task<bool> saved(Resource& resource, std::string id) {
  const auto image = co_await resource.session().find(image_request("/v2/images/" + id));
  const std::string status = image ? (*image)["status"].string_or("") : "deleted";
  if (status == "active") co_return true;
  if (status == "error" || status == "killed" || status == "deleted")
    throw Error(ErrorKind::Error,
                "The server's image " + id + " could not be saved: it is " + status);
  co_return false;
}

}  // namespace

Task<> Server::preserve(Resource& resource) {
  // The deletion may have failed after that, and is tried again.
  if (resource.physical_id().empty() || !resource.data(kImage).empty()) co_return;
  const Value id = co_await resource.step(
      "preserve", [&] { return find_begun(resource); }, [&] { return post_image(resource); });
  if (id.is_null()) co_return;
  co_await resource.wait([&] { return saved(resource, id.as_string()); });
  resource.set_data(kImage, id.as_string());
  co_await resource.save();
}

Task<> Server::remove(Resource& resource) {
  co_await remove_internal_ports(resource);
  if (resource.physical_id().empty()) co_return;
  co_await resource.session().find(compute("DELETE", "/servers/" + resource.physical_id()));
  co_await resource.wait([&] { return gone(resource); });
}

Task<bool> Server::exists(std::string id, Session& session) const {
  co_return (co_await find_server(session, id)).has_value();
}

Task<> Server::check(Resource& resource) {
  const std::string status =
      status_of(co_await get_server(resource.session(), resource.physical_id()));
  if (status != "ACTIVE")
    throw Error(ErrorKind::Error, "The server is " + status + ", where it should be ACTIVE.");
}

Task<bool> Server::healthy(Resource& resource) {
  if (resource.physical_id().empty()) co_return false;
  const auto server = co_await find_server(resource.session(), resource.physical_id());
  if (!server) co_return false;
  const std::string status = status_of(*server);
  co_return status != "ERROR" && status != "DELETED" && status != "SOFT_DELETED";
}

}  // namespace heat
