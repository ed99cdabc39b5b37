#pragma once

#include <string>

#include "resource/resource_type.h"

namespace heat::corpus {

/// Adds the types that the original has and `registry` lacks, as far as the reference describes
/// them: what properties and attributes they have. They can't be carried out. A file that is not
/// there adds none.
void add_reference_types(Registry& registry, const std::string& file);

}  // namespace heat::corpus
