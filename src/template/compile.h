#pragma once

#include "template/expression.h"
#include "template/version.h"

namespace heat {

/// Where a snippet stands: conditions have functions of their own.
enum class Place { Value, Condition };

/// What the template around a snippet says of it.
struct Surroundings {
  const Version& version;
  const Value& resources;  ///< the section of them, as it is written
};

/// Makes an expression of a snippet that stands at `path`. Wrong calls are kept, with their
/// problem: one in a branch that is never taken does no harm. Throws Error{StackValidationFailed}
/// where the snippet is nested too deeply.
Expression compile(const Value& snippet, const Surroundings& around, Place place, Path path);

}  // namespace heat
