#include "base/json_string.h"

#include <cstdint>

#include "base/utf8.h"

namespace heat {

namespace {

void append_unit(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(unit >> shift) & 15];
}

void append_point(std::string& out, char32_t point) {
  if (point < 0x10000) return append_unit(out, point);
  append_unit(out, 0xd800 + ((point - 0x10000) >> 10));
  append_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
}

void append_control(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      append_unit(out, static_cast<unsigned char>(c));
  }
}

bool plain(char c, Escape escape) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && c != '"' && c != '\\' && (byte < 0x7f || escape == Escape::Needed);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text, Escape escape) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (plain(text[at], escape)) {
      ++at;
      continue;
    }
    out.append(text, done, at - done);
    if (static_cast<unsigned char>(text[at]) < 0x80)
      append_control(out, text[at++]);
    else
      append_point(out, next_point(text, at));
    done = at;
  }
  out.append(text, done);
  out += '"';
}

}  // namespace heat
