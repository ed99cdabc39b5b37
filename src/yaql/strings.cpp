#include "yaql/strings.h"

#include <algorithm>
#include <cwctype>

#include "base/utf8.h"
#include "yaql/failure.h"

namespace heat::yaql {

namespace {

/// What becomes several characters in capitals.
struct Expansion {
  char32_t point;
  std::string_view upper;
};
constexpr Expansion kUpper[] = {
    {0xdf, "SS"},
    {0x149, "\u02bcN"},
    {0x1f0, "J\u030c"},
    {0x390, "\u0399\u0308\u0301"},
    {0x3b0, "\u03a5\u0308\u0301"},
    {0x587, "\u0535\u0552"},
    {0x1e96, "H\u0331"},
    {0x1e97, "T\u0308"},
    {0x1e98, "W\u030a"},
    {0x1e99, "Y\u030a"},
    {0x1e9a, "A\u02be"},
    {0xfb00, "FF"},
    {0xfb01, "FI"},
    {0xfb02, "FL"},
    {0xfb03, "FFI"},
    {0xfb04, "FFL"},
    {0xfb05, "ST"},
    {0xfb06, "ST"},
    {0xfb13, "\u0544\u0546"},
    {0xfb14, "\u0544\u0535"},
    {0xfb15, "\u0544\u053b"},
    {0xfb16, "\u054e\u0546"},
    {0xfb17, "\u0544\u053d"},
};

locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

char32_t mapped(char32_t point, bool upper) {
  if (point < 0x80) {
    if (upper) return point >= 'a' && point <= 'z' ? point - 32 : point;
    return point >= 'A' && point <= 'Z' ? point + 32 : point;
  }
  if (!unicode()) return point;
  const auto wide = static_cast<wint_t>(point);
  return static_cast<char32_t>(upper ? towupper_l(wide, unicode()) : towlower_l(wide, unicode()));
}

bool is_letter(char32_t point) {
  return point < 0x80 ? std::isalpha(static_cast<int>(point))
                      : unicode() && iswalpha_l(static_cast<wint_t>(point), unicode());
}

std::int64_t clamped(std::int64_t at, std::int64_t size) {
  if (at < 0) at += size;
  return std::clamp<std::int64_t>(at, 0, size);
}

std::vector<std::u32string_view> words(std::u32string_view text, std::int64_t most, Side from) {
  std::vector<std::u32string_view> result;
  const auto trimmed = [](std::u32string_view rest) {
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
    return rest;
  };
  std::u32string_view rest = text;
  const auto skip = [&] {
    if (from == Side::Right)
      while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
    else
      while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  };
  for (skip(); !rest.empty() && most != 0; skip(), --most) {
    std::size_t length = 0;
    const auto at = [&](std::size_t i) {
      return from == Side::Right ? rest[rest.size() - 1 - i] : rest[i];
    };
    while (length < rest.size() && !is_space(at(length))) ++length;
    const std::size_t begin = from == Side::Right ? rest.size() - length : 0;
    result.push_back(rest.substr(begin, length));
    rest = from == Side::Right ? rest.substr(0, begin) : rest.substr(length);
  }
  if (!trimmed(rest).empty()) result.push_back(rest);
  if (from == Side::Right) std::ranges::reverse(result);
  return result;
}

}  // namespace

std::u32string points(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) result += next_point(text, at);
  return result;
}

std::string from_points(std::u32string_view points) {
  std::string result;
  result.reserve(points.size());
  for (const char32_t point : points) append_utf8(result, point);
  return result;
}

bool is_space(char32_t point) {
  return (point >= 9 && point <= 13) || (point >= 0x1c && point <= 0x20) || point == 0x85 ||
         point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) ||
         point == 0x2028 || point == 0x2029 || point == 0x202f || point == 0x205f ||
         point == 0x3000;
}

std::string to_upper(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    const auto* special = std::ranges::find(kUpper, point, &Expansion::point);
    if (special != std::end(kUpper))
      result += special->upper;
    else
      append_utf8(result, mapped(point, true));
  }
  return result;
}

std::string to_lower(std::string_view text) {
  const std::u32string all = points(text);
  std::string result;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool last =
        i > 0 && is_letter(all[i - 1]) && (i + 1 == all.size() || !is_letter(all[i + 1]));
    if (all[i] == 0x130)
      result += "i\u0307";
    else if (all[i] == 0x3a3 && last)
      result += "\u03c2";
    else
      append_utf8(result, mapped(all[i], false));
  }
  return result;
}

std::string trim(std::string_view text, const std::optional<std::string>& characters, Side side) {
  const std::u32string set = characters ? points(*characters) : std::u32string();
  const std::u32string all = points(text);
  std::u32string_view rest = all;
  const auto dropped = [&](char32_t point) {
    return characters ? set.find(point) != std::u32string::npos : is_space(point);
  };
  if (side != Side::Right)
    while (!rest.empty() && dropped(rest.front())) rest.remove_prefix(1);
  if (side != Side::Left)
    while (!rest.empty() && dropped(rest.back())) rest.remove_suffix(1);
  return from_points(rest);
}

std::vector<std::string> split(std::string_view text, const std::optional<std::string>& separator,
                               std::int64_t most, Side from) {
  std::vector<std::string> result;
  if (!separator) {
    const std::u32string all = points(text);
    for (const std::u32string_view word : words(all, most, from))
      result.push_back(from_points(word));
    return result;
  }
  if (separator->empty()) throw Failure(Reason::WrongValue, "The separator is empty.");
  while (most != 0) {
    const std::size_t at = from == Side::Right ? text.rfind(*separator) : text.find(*separator);
    if (at == std::string_view::npos) break;
    const std::size_t behind = at + separator->size();
    result.emplace_back(from == Side::Right ? text.substr(behind) : text.substr(0, at));
    text = from == Side::Right ? text.substr(0, at) : text.substr(behind);
    --most;
  }
  result.emplace_back(text);
  if (from == Side::Right) std::ranges::reverse(result);
  return result;
}

std::string replace(std::string_view text, std::string_view old, std::string_view by,
                    std::int64_t most) {
  std::string result;
  std::size_t at = 0;
  while (most != 0) {
    const std::size_t found = text.find(old, at);
    if (found == std::string_view::npos) break;
    result.append(text.substr(at, found - at)).append(by);
    at = found + old.size();
    --most;
    if (!old.empty()) continue;
    if (at == text.size()) break;
    const std::size_t begin = at;
    next_point(text, at);
    result.append(text.substr(begin, at - begin));
  }
  return result.append(text.substr(std::min(at, text.size())));
}

std::string substring(std::string_view text, std::int64_t start, std::int64_t length) {
  const std::u32string all = points(text);
  const auto size = static_cast<std::int64_t>(all.size());
  if (length < 0) length = size;
  if (start < 0) start += size;
  const std::int64_t stop = start > INT64_MAX - length ? INT64_MAX : start + length;
  const std::int64_t begin = clamped(start, size), end = clamped(stop, size);
  if (begin >= end) return "";
  return from_points(std::u32string_view(all).substr(begin, end - begin));
}

std::int64_t find(std::string_view text, std::string_view sub, std::int64_t start,
                  std::optional<std::int64_t> stop, bool last) {
  const std::u32string all = points(text), wanted = points(sub);
  const auto size = static_cast<std::int64_t>(all.size());
  if (start > size) return -1;
  const std::int64_t begin = clamped(start, size), end = stop ? clamped(*stop, size) : size;
  const auto length = static_cast<std::int64_t>(wanted.size());
  if (begin > end || end - begin < length) return -1;
  const std::u32string_view part = std::u32string_view(all).substr(begin, end - begin);
  const std::size_t found = last ? part.rfind(wanted) : part.find(wanted);
  return found == std::u32string_view::npos ? -1 : begin + static_cast<std::int64_t>(found);
}

}  // namespace heat::yaql
