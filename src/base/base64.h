#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heat {

std::string base64(std::string_view bytes);
/// In lines of 76 characters, each with its newline, as mail bodies have them (RFC 2045).
std::string base64_lines(std::string_view bytes);
/// Nothing where the text is not base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace heat
