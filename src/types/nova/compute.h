#pragma once

#include <optional>
#include <string>

#include "resource/resource.h"

/// What the Nova types share: requests to the compute service and the words of a server's state.
namespace heat::nova {

/// Requests speak the oldest microversion that knows what they say: answers stay the same whatever
/// the cloud's age.
inline constexpr const char* kKeyType = "2.2";
inline constexpr const char* kKeyUser = "2.10";
inline constexpr const char* kTags = "2.26";
inline constexpr const char* kStringNetworks = "2.37";
inline constexpr const char* kInterfaceTags = "2.42";
inline constexpr const char* kImageId = "2.45";
inline constexpr const char* kRebuildUserData = "2.57";
inline constexpr const char* kVolumeType = "2.67";
inline constexpr const char* kNoMadeKeys = "2.92";

CloudRequest compute(std::string method, std::string path, Value body = {},
                     std::string microversion = {});

/// The newest microversion that this Nova knows: "2.93".
Task<std::string> newest_microversion(Session& session);
/// Whether a Nova that knows `newest` knows `wanted`.
bool supports(const std::string& newest, const std::string& wanted);

/// The server, or nothing where it is gone.
Task<std::optional<Value>> find_server(Session& session, std::string id);
/// The server; throws Error EntityNotFound where it is gone.
Task<Value> get_server(Session& session, std::string id);

/// "ACTIVE", without what some clouds append in parentheses.
std::string status_of(const Value& server);
/// True when active, false while it is still changing; throws Error ResourceInError or
/// ResourceUnknownStatus. `what` begins the message.
bool is_active(const Value& server, const std::string& what);

/// POST …/action.
Task<Value> act(Session& session, std::string id, Value action, std::string microversion = {});

/// Metadata as Nova takes it: every value a text, others as JSON.
Value metadata_texts(const Value& metadata);

}  // namespace heat::nova
