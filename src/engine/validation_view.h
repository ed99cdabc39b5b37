#pragma once

#include "base/value.h"
#include "stack/examination.h"

namespace heat {

/// What validate_template answers of a definition that nothing is wrong with: description,
/// parameters, groups and environment in CloudFormation's words, and our warnings where there are
/// any. `with_nested`: and the parameters of the stacks behind resources.
Value shown_validation(const Examination& examination, bool with_nested);

}  // namespace heat
