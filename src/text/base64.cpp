#include "text/base64.h"

#include <cstdint>

namespace heat {

namespace {
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = (bits << 8) | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      text += i <= group.size() ? kAlphabet[(bits >> (18 - 6 * i)) & 63] : '=';
  }
  return text;
}

std::optional<std::string> decode_base64_leniently(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;  // characters of the group at hand
  int padding = 0;
  for (const char c : text) {
    if (c == '=') {
      if (held >= 2 && held + ++padding >= 4) return bytes;
      continue;
    }
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) continue;
    padding = 0;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    if (++held == 1) continue;
    bytes += static_cast<char>((bits >> (8 - 2 * held)) & 0xff);
    if (held == 4) held = 0;
  }
  if (held != 0) return std::nullopt;
  return bytes;
}

}  // namespace heat
