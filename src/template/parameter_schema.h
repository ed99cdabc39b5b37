#pragma once

#include <optional>
#include <string>

#include "template/template.h"

namespace heat {

/// Reads one entry of the parameters section of a template of `version`, in its language. Adds the
/// first problem, mostly InvalidSchemaError, and gives nothing then.
std::optional<ParameterSchema> read_parameter_schema(const std::string& name, const Value& entry,
                                                     const Version& version, Diagnostics& problems);

}  // namespace heat
