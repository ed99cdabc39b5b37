#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heat {

/// The code point at `at`, which moves behind it; U+FFFD and one byte where there is no UTF-8.
char32_t next_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t point);
bool is_utf8(std::string_view text);
/// Characters, as Python's len() of a string counts them.
std::size_t count_points(std::string_view text);

}  // namespace heat
