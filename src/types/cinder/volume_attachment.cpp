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

}  // namespace

Task<> VolumeAttachment::create(Resource& resource) {
  const std::string id =
      co_await cinder::attach(resource, "attach", attachment_in(resource.properties()));
  resource.set_physical_id(id);
  co_await resource.save();
}

Task<> VolumeAttachment::update(Resource& resource, PropertyChanges) {
  const std::string id = resource.physical_id();
  const Value old = resource.applied();
  // Detached once: after a crash the new attachment may have the old one's id.
  co_await resource.step("detach", nullptr,
                         [&] { return detach_once(resource, attachment_in(old), id); });
  resource.set_physical_id(
      co_await cinder::attach(resource, "attach", attachment_in(resource.properties())));
  co_await resource.save();
}

Task<> VolumeAttachment::remove(Resource& resource) {
  if (resource.physical_id().empty()) co_return;
  co_await cinder::detach(resource, attachment_in(resource.properties()), resource.physical_id());
}

}  // namespace heat
