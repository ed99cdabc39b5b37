#pragma once

#include <filesystem>

#include "base/value.h"

namespace heat {

/// What the environments in `folder` (environment_dir) map to other types: one resource_registry of
/// all its *.yaml, *.yml and *.json files in the order of their names. Nothing else of them counts,
/// as in the original; a file that can't be read or understood is logged and passed over, too. A
/// folder that is not there is an empty one.
Value read_operator_mappings(const std::filesystem::path& folder);

}  // namespace heat
