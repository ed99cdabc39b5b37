#pragma once

#include <filesystem>

#include "resource/resource_type.h"

namespace heat {

/// Adds the resource types that an operator's folder declares, one a *.yaml file, in the order of
/// their names. A folder that is not there adds none. Throws Error{InvalidSchemaError}, with file,
/// line and key, for a file that is wrong or a type that there is already.
void add_plugins(Registry& registry, const std::filesystem::path& folder);

}  // namespace heat
