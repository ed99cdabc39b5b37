#pragma once

#include "base/diagnostics.h"
#include "template/scope.h"

namespace heat {

/// Checks what a template says as a whole, beyond what reading it found: groups of parameters,
/// names used twice, functions, conditions, references between resources, cycles. Properties and
/// types are judged above, where types are known.
void check_template(const TemplateScope& scope, Diagnostics& problems);

}  // namespace heat
