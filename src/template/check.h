#pragma once

#include <set>
#include <string>

#include "base/diagnostics.h"
#include "template/scope.h"

namespace heat {

/// Checks what a template says as a whole, beyond what reading it found: groups of parameters,
/// names used twice, functions, conditions, references between resources, cycles. Properties and
/// types are judged above, where types are known; so is which resources are only `placeholders`,
/// whose contents nobody looks at.
void check_template(const TemplateScope& scope, Diagnostics& problems,
                    const std::set<std::string>& placeholders = {});

}  // namespace heat
