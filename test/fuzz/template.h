#pragma once

#include <string_view>

namespace heat::fuzz {

/// Reads a template, gives its parameters values by their defaults, checks it, and evaluates
/// everything that it says.
void feed_template(std::string_view text);

}  // namespace heat::fuzz
