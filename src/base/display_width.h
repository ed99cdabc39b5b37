#pragma once

#include <cstddef>
#include <string_view>

namespace heat {

/// Columns a terminal needs to show a character: none for a combining one, two for a wide one.
std::size_t display_width(char32_t point);
std::size_t display_width(std::string_view text);

}  // namespace heat
