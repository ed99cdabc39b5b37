#pragma once

#include <string>
#include <string_view>

namespace heat {

enum class Escape {
  Needed,   ///< quotes, backslashes and control characters: non-ASCII stays UTF-8
  NonAscii  ///< these and all beyond ASCII, as \uXXXX; what is no UTF-8 becomes U+FFFD
};

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text, Escape escape = Escape::Needed);

}  // namespace heat
