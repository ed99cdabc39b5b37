#pragma once

#include <optional>
#include <string>

#include "resource/resource.h"

/// What the Cinder types share: requests to the volume service, and attaching volumes to servers
/// (which is asked of Nova, and seen at both).
namespace heat::cinder {

CloudRequest block_storage(std::string method, std::string path, Value body = {},
                           std::string microversion = {});

Task<std::optional<Value>> find_volume(Session& session, std::string id);
Task<Value> get_volume(Session& session, std::string id);
[[noreturn]] void unknown_status(const Value& volume, const std::string& what);

/// One volume at one server.
struct Attachment {
  std::string server_id;
  std::string volume_id;
  std::string device;  ///< empty: the cloud chooses
};

/// The id of the attachment where there is one.
Task<std::optional<Value>> find_attached(Resource& resource, Attachment attachment);
/// Asks for it, waiting while the server is busy; gives the attachment's id.
Task<Value> post_attachment(Resource& resource, Attachment attachment);
Task<> wait_until_in_use(Resource& resource, std::string volume_id);
/// Detaches and waits until Cinder and Nova both know. Gone already is success.
Task<> detach(Resource& resource, Attachment attachment, std::string attachment_id);

}  // namespace heat::cinder
