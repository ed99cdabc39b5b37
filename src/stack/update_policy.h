#pragma once

#include "base/diagnostics.h"
#include "stack/definition.h"

namespace heat {

/// Finds what a resource's update policy says that its type does not know.
void check_update_policy(const StackDefinition::Member& member, Diagnostics& problems);

}  // namespace heat
