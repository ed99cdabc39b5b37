#pragma once

#include "resource/resource_type.h"

namespace heat {

/// Puts every built-in resource type, and how the cloud's objects are found by name, into
/// `registry`.
void register_types(Registry& registry);

}  // namespace heat
