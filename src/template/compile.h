#pragma once

#include <string_view>

#include "template/expression.h"

namespace heat {

/// Where a snippet stands: conditions have functions of their own.
enum class Place { Value, Condition };

/// Makes an expression of a snippet of a template of `version` (a date) that stands at `path`.
/// Wrong calls are kept, with their problem: one in a branch that is never taken does no harm.
/// Throws Error{StackValidationFailed} where the snippet is nested too deeply.
Expression compile(const Value& snippet, std::string_view version, Place place, Path path);

}  // namespace heat
