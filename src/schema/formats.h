#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace heat {

/// A custom constraint that needs no cloud: the name templates know it by, and its check, which
/// says what is wrong with a value, or nothing (empty).
struct Format {
  std::string_view name;
  std::string (*problem)(const Value& value);
};

/// Null where the constraint is unknown or only the cloud can answer it.
const Format* find_format(std::string_view name);
/// Custom constraints that only the cloud can answer: "nova.flavor" …
bool is_cloud_constraint(std::string_view name);
/// All of both kinds.
std::vector<std::string> constraint_names();

}  // namespace heat
