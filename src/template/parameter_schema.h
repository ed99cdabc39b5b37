#pragma once

#include <string>

#include "template/template.h"

namespace heat {

/// Reads one entry of the parameters section of a template of `version`, in its language. Throws
/// the first problem as Error{InvalidSchemaError} with its path.
ParameterSchema read_parameter_schema(const std::string& name, const Value& entry,
                                      const Version& version);

}  // namespace heat
