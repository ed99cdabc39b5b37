#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heat {

std::string encode_base64(std::string_view bytes);
/// As Python's base64.decodebytes: characters outside the alphabet are skipped; nothing where the
/// padding is wrong.
std::optional<std::string> decode_base64_leniently(std::string_view text);

}  // namespace heat
