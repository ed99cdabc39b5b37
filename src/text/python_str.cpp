#include <string>

#include "base/check.h"
#include "base/utf8.h"
#include "text/write.h"

namespace heat {

namespace {

/// What Python's repr() escapes beyond ASCII: controls, separators, invisible and private
/// characters. Unassigned ones are left as they are.
bool is_unprintable(char32_t point) {
  struct Range {
    char32_t first, last;
  };
  static constexpr Range kRanges[] = {
      {0x7f, 0xa0},       {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},
      {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},
      {0x1680, 0x1680},   {0x180e, 0x180e},   {0x2000, 0x200f},   {0x2028, 0x202f},
      {0x205f, 0x206f},   {0x3000, 0x3000},   {0xe000, 0xf8ff},   {0xfeff, 0xfeff},
      {0xfff0, 0xfffb},   {0xfffe, 0xffff},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
      {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff},
      {0xe01f0, 0x10ffff}};
  for (const Range& range : kRanges)
    if (point >= range.first && point <= range.last) return true;
  return false;
}

void append_hex(std::string& out, char32_t point) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const int digits = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
  out += point < 0x100 ? "\\x" : point < 0x10000 ? "\\u" : "\\U";
  for (int i = digits - 1; i >= 0; --i) out += kHex[(point >> (4 * i)) & 15];
}

void append_repr(std::string& out, std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  const char quote = single && text.find('"') == std::string_view::npos ? '"' : '\'';
  out += quote;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t point = next_point(text, at);
    if (point == static_cast<char32_t>(quote) || point == '\\')
      out.append("\\").append(text, begin, 1);
    else if (point == '\n')
      out += "\\n";
    else if (point == '\r')
      out += "\\r";
    else if (point == '\t')
      out += "\\t";
    else if (point < 0x20 || is_unprintable(point))
      append_hex(out, point);
    else
      out.append(text, begin, at - begin);
  }
  out += quote;
}

void append(std::string& out, const Value& value);

void append_items(std::string& out, const List& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i) out += ", ";
    append(out, list[i]);
  }
  out += ']';
}

void append_members(std::string& out, const Map& map) {
  out += '{';
  for (std::size_t i = 0; i < map.size(); ++i) {
    const Map::Entry& entry = map.at_index(i);
    if (i) out += ", ";
    if (entry.key_kind == Value::Kind::String)
      append_repr(out, entry.key);
    else
      out += entry.key;
    out += ": ";
    append(out, entry.value);
  }
  out += '}';
}

void append(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      out += "None";
      break;
    case Value::Kind::Bool:
      out += value.as_bool() ? "True" : "False";
      break;
    case Value::Kind::Int:
      out += std::to_string(value.as_int());
      break;
    case Value::Kind::BigInt:
      out += value.as_string();
      break;
    case Value::Kind::Double:
      out += to_python_repr(value.as_double());
      break;
    case Value::Kind::String:
      append_repr(out, value.as_string());
      break;
    case Value::Kind::List:
      append_items(out, value.as_list());
      break;
    case Value::Kind::Map:
      append_members(out, value.as_map());
      break;
    case Value::Kind::Omitted:
    case Value::Kind::Unknown:
      check(false, "an omitted or unknown value must not be written");
  }
}

}  // namespace

std::string to_python_str(const Value& value) {
  if (value.is_string()) return value.as_string();
  std::string out;
  append(out, value);
  return out;
}

}  // namespace heat
