#pragma once

#include "base/diagnostics.h"
#include "stack/definition.h"

namespace heat {

/// What will go wrong, or would if other branches of conditions were taken: in every resource and
/// output of the template, those included that are left out here. A matter of warnings: the
/// original finds it out when it happens. See check_kinds for what is looked at.
void check_outlook(const StackDefinition& definition, Diagnostics& findings);

}  // namespace heat
