#pragma once

#include <string>

#include "file_verdict.h"
#include "index.h"
#include "resource/resource_type.h"

namespace heat::corpus {

/// What we make of a whole stack as a client reads it from its folder: template, environment, and
/// all files and nested templates that they name.
struct StackVerdict {
  Verdict client;  ///< whether everything that is named can be read
  Verdict whole;   ///< types, parameters, functions and references of the stack at the root
};

StackVerdict judge_stack(const std::string& folder, const Row& row, const Registry& registry);

}  // namespace heat::corpus
