#pragma once

#include <string>

#include "base/value.h"
#include "cli/table.h"

namespace heat::cli {

/// The plan of an update: what happens to each resource and why, then how many of each.
std::string show_plan(const Value& plan, Format format);

}  // namespace heat::cli
