#include "types/cinder/volume_attachment.h"

#include "types/cinder/block_storage.h"

namespace heat {

namespace {

cinder::Attachment attachment_in(const Value& properties) {
  return {.server_id = properties["instance_uuid"].as_string(),
          .volume_id = properties["volume_id"].as_string(),
          .device = properties["mountpoint"].string_or("")};
}

Task<Value> detach_once(Resource& resource, cinder::Attachment attachment, std::string id) {
  co_await cinder::detach(resource, std::move(attachment), std::move(id));
  co_return Value(true);
}

Task<std::optional<Value>> find_made(Resource& resource, cinder::Attachment attachment) {
  const auto id = co_await cinder::find_attached(resource, std::move(attachment));
  if (id) resource.set_physical_id(id->as_string());
  co_return id;
}

Task<Value> make(Resource& resource, cinder::Attachment attachment) {
  const Value id = co_await cinder::post_attachment(resource, std::move(attachment));
  resource.set_physical_id(id.as_string());
  co_return id;
}

/// The id is known from the moment the attachment exists: whoever gives up waiting must detach it.
Task<> attach(Resource& resource) {
  const cinder::Attachment attachment = attachment_in(resource.properties());
  const Value id = co_await resource.step(
      "attach", [&] { return find_made(resource, attachment); },
      [&] { return make(resource, attachment); });
  resource.set_physical_id(id.as_string());
  co_await cinder::wait_until_in_use(resource, attachment.volume_id);
}

}  // namespace

Task<> VolumeAttachment::create(Resource& resource) { co_await attach(resource); }

Task<> VolumeAttachment::update(Resource& resource, PropertyChanges) {
  const std::string id = resource.physical_id();
  const Value old = resource.applied();
  // Detached once: after a crash the new attachment may have the old one's id.
  co_await resource.step("detach", nullptr,
                         [&] { return detach_once(resource, attachment_in(old), id); });
  co_await attach(resource);
}

Task<> VolumeAttachment::remove(Resource& resource) {
  if (resource.physical_id().empty()) co_return;
  co_await cinder::detach(resource, attachment_in(resource.properties()), resource.physical_id());
}

}  // namespace heat
