#pragma once

#include <string_view>

#include "base/value.h"
#include "text/document.h"
#include "text/mark_tree.h"

namespace heat {

/// Reads one JSON text as Python's json.loads does: RFC 8259, and NaN, Infinity and -Infinity; the
/// last of equal keys wins. Marks go to `marks` where it is not null.
/// Throws Error{HTTPBadRequest} with the position.
Value read_json(std::string_view text, const std::string& file, const ReadLimits& limits,
                MarkTree* marks);

}  // namespace heat
