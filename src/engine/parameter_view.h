#pragma once

#include <string>

#include "template/template.h"

namespace heat {

/// A parameter as validate_template shows it, in CloudFormation's words. `value`: null where there
/// is none.
Value shown_parameter(const std::string& name, const ParameterSchema& parameter,
                      const Value* value);

}  // namespace heat
