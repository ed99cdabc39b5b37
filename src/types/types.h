#pragma once

#include "resource/resource_type.h"
#include "types/nova/server.h"

namespace heat {

/// What built-in types need to know of the configuration.
struct TypeSettings {
  Server::Settings server;
  bool volume_backups = true;  ///< whether the cloud makes them
  bool operator==(const TypeSettings&) const = default;
};

/// Puts every built-in resource type, and how the cloud's objects are found by name, into
/// `registry`.
void register_types(Registry& registry, const TypeSettings& settings = {});

}  // namespace heat
