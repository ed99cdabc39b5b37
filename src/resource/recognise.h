#pragma once

#include <optional>
#include <string_view>

#include "resource/resource.h"

namespace heat {

/// Of the ids of objects that look like what a lost try would have made, the one that no resource
/// claims; nothing where all are claimed. Throws Error PhysicalResourceNameAmbiguity, naming them,
/// where several are left: only a person can tell which is whose.
std::optional<Value> only_one(const Resource& resource, std::string_view entity, const List& ids);

}  // namespace heat
