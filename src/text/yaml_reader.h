#pragma once

#include <string>
#include <string_view>

#include "base/value.h"
#include "text/document.h"
#include "text/mark_tree.h"

namespace heat {

/// Reads one YAML 1.1 document as PyYAML's safe loader does, but that timestamps stay strings.
/// Refused where PyYAML goes on: a value that contains itself, and `!!set`.
/// Throws Error{HTTPBadRequest} with the position.
Value read_yaml(std::string_view text, const std::string& file, const ReadLimits& limits,
                MarkTree& marks);

}  // namespace heat
