#pragma once

#include "base/value.h"
#include "stack/examination.h"

namespace heat {

/// What validate_template answers of a definition that nothing is wrong with: description,
/// parameters, groups and environment in CloudFormation's words, and our warnings where there are
/// any.
Value shown_validation(const Examination& examination);

}  // namespace heat
