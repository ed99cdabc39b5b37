#include "types/cinder/block_storage.h"

#include <algorithm>

#include "base/error.h"

namespace heat::cinder {

CloudRequest block_storage(std::string method, std::string path, Value body,
                           std::string microversion) {
  return {.service = "volumev3",
          .method = std::move(method),
          .path = std::move(path),
          .body = std::move(body),
          .headers = {},
          .microversion = std::move(microversion)};
}

Task<std::optional<Value>> find_volume(Session& session, std::string id) {
  const auto answer = co_await session.find(block_storage("GET", "/volumes/" + id));
  if (!answer) co_return std::nullopt;
  co_return (*answer)["volume"];
}

Task<Value> get_volume(Session& session, std::string id) {
  auto volume = co_await find_volume(session, id);
  if (!volume)
    throw Error(ErrorKind::EntityNotFound, "The Volume (" + id + ") could not be found.");
  co_return std::move(*volume);
}

void unknown_status(const Value& volume, const std::string& what) {
  throw Error(
      ErrorKind::ResourceUnknownStatus,
      what + " - Unknown status " + volume["status"].string_or("?") + " due to \"Unknown\"");
}

namespace {

CloudRequest at_server(std::string method, const Attachment& attachment,
                       const std::string& attachment_id = {}, Value body = {}) {
  return {.service = "compute",
          .method = std::move(method),
          .path = "/servers/" + attachment.server_id + "/os-volume_attachments" +
                  (attachment_id.empty() ? "" : "/" + attachment_id),
          .body = std::move(body),
          .headers = {},
          .microversion = {}};
}

/// Nova answers 409 while the server is busy with something else.
Task<bool> accepted(Resource& resource, CloudRequest request, Value& answer) {
  const CloudResponse response = co_await resource.session().call(request);
  if (response.status == 409) co_return false;
  if (response.status >= 400) throw cloud_error(request, response);
  answer = response.body;
  co_return true;
}

Task<bool> in_use(Resource& resource, std::string volume_id) {
  const Value volume = co_await get_volume(resource.session(), volume_id);
  const std::string status = volume["status"].string_or("");
  if (status == "in-use") co_return true;
  if (status == "available" || status == "attaching" || status == "reserved") co_return false;
  unknown_status(volume, "Volume attachment failed");
}

Task<bool> detach_accepted(Resource& resource, Attachment attachment, std::string attachment_id) {
  const CloudRequest request = at_server("DELETE", attachment, attachment_id);
  const CloudResponse response = co_await resource.session().call(request);
  if (response.status == 409) co_return false;
  // 400 and 404: there is no such attachment any more.
  if (response.status >= 400 && response.status != 400 && response.status != 404)
    throw cloud_error(request, response);
  co_return true;
}

Task<bool> detached(Resource& resource, Attachment attachment, std::string attachment_id) {
  const auto volume = co_await find_volume(resource.session(), attachment.volume_id);
  if (volume) {
    const auto& places = (*volume)["attachments"].as_list();
    const bool listed = std::ranges::any_of(places, [&](const Value& place) {
      return place["server_id"] == Value(attachment.server_id);
    });
    const std::string status = (*volume)["status"].string_or("");
    if (listed && (status == "in-use" || status == "detaching" || status == "reserved"))
      co_return false;
    if (listed && status != "available" && status != "deleting")
      unknown_status(*volume, "Volume detachment failed");
  }
  // Nova may know later than Cinder, and would refuse to attach it again until then.
  const auto at_nova =
      co_await resource.session().find(at_server("GET", attachment, attachment_id));
  co_return !at_nova.has_value();
}

}  // namespace

Task<std::optional<Value>> find_attached(Resource& resource, Attachment attachment) {
  const auto answer = co_await resource.session().find(at_server("GET", attachment));
  if (!answer) co_return std::nullopt;  // there is no such server
  for (const Value& one : (*answer)["volumeAttachments"].as_list())
    if (one["volumeId"] == Value(attachment.volume_id)) co_return one["id"];
  co_return std::nullopt;
}

Task<Value> post_attachment(Resource& resource, Attachment attachment) {
  Map body{{"volumeId", attachment.volume_id}};
  if (!attachment.device.empty()) body.set("device", attachment.device);
  const CloudRequest request =
      at_server("POST", attachment, {}, Map{{"volumeAttachment", std::move(body)}});
  Value answer;
  co_await resource.wait([&] { return accepted(resource, request, answer); });
  co_return answer["volumeAttachment"]["id"];
}

Task<> wait_until_in_use(Resource& resource, std::string volume_id) {
  co_await resource.wait([&] { return in_use(resource, volume_id); });
}

Task<> detach(Resource& resource, Attachment attachment, std::string attachment_id) {
  co_await resource.wait([&] { return detach_accepted(resource, attachment, attachment_id); });
  co_await resource.wait([&] { return detached(resource, attachment, attachment_id); });
}

}  // namespace heat::cinder
