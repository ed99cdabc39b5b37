#include "yaql/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/utf8.h"
#include "text/write.h"
#include "yaql/failure.h"
#include "yaql/numbers.h"
#include "yaql/strings.h"

namespace heat::yaql {

namespace {

constexpr std::int64_t kWidest = 100'000;

[[noreturn]] void wrong(const std::string& message) { throw Failure(Reason::WrongValue, message); }

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// [[fill]align][sign][#][0][width][,][.precision][type]
struct Spec {
  explicit Spec(std::string_view text) {
    std::u32string points = yaql::points(text);
    std::size_t at = 0;
    const auto is_align = [&](std::size_t i) {
      return i < points.size() &&
             std::u32string_view(U"<>=^").find(points[i]) != std::u32string::npos;
    };
    const auto next = [&](char32_t c) { return at < points.size() && points[at] == c && ++at; };
    if (is_align(1)) {
      fill = points[0];
      align = static_cast<char>(points[1]);
      at = 2;
    } else if (is_align(0)) {
      align = static_cast<char>(points[0]);
      at = 1;
    }
    for (const char c : {'+', '-', ' '})
      if (next(c)) sign = c;
    alternate = next('#');
    if (next('0')) {
      if (align == 0) align = '=';
      if (align == '=' && fill == U' ') fill = '0';
      zero = true;
    }
    width = number(points, at, 0);
    if (next(',')) group = ',';
    if (next('_')) group = '_';
    if (next('.')) {
      precision = number(points, at, -1);
      if (precision < 0) wrong("A format has no digits behind the dot.");
    }
    if (at < points.size() && points[at] < 0x80) type = static_cast<char>(points[at++]);
    if (at != points.size()) wrong("'" + std::string(text) + "' is no format.");
  }

  static std::int64_t number(const std::u32string& points, std::size_t& at, std::int64_t none) {
    std::int64_t result = none;
    for (; at < points.size() && points[at] >= '0' && points[at] <= '9'; ++at) {
      result = (result < 0 ? 0 : result * 10) + static_cast<std::int64_t>(points[at] - '0');
      if (result > kWidest) wrong("A format asks for more than 100000 characters.");
    }
    return result;
  }

  char32_t fill = U' ';
  char align = 0;
  char sign = '-';
  bool alternate = false;
  bool zero = false;
  char group = 0;
  char type = 0;
  std::int64_t width = 0;
  std::int64_t precision = -1;
};

std::string padded(const std::string& prefix, const std::string& body, const Spec& spec,
                   char otherwise) {
  const auto length = static_cast<std::int64_t>(count_points(prefix) + count_points(body));
  const std::int64_t missing = std::max<std::int64_t>(0, spec.width - length);
  const char align = spec.align ? spec.align : otherwise;
  const std::int64_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
  const auto fill = [&](std::int64_t times) {
    std::string result;
    for (; times > 0; --times) append_utf8(result, spec.fill);
    return result;
  };
  if (align == '=') return prefix + fill(missing) + body;
  return fill(left) + prefix + body + fill(missing - left);
}

std::string grouped(const std::string& digits, const Spec& spec, std::size_t size) {
  if (!spec.group) return digits;
  std::size_t whole = 0;
  while (whole < digits.size() && std::isxdigit(static_cast<unsigned char>(digits[whole])) &&
         !(spec.type != 'x' && spec.type != 'X' && std::isalpha(digits[whole])))
    ++whole;
  std::string result;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % size == 0) result += spec.group;
    result += digits[i];
  }
  return result + digits.substr(whole);
}

std::string signed_prefix(bool negative, const Spec& spec) {
  if (negative) return "-";
  return spec.sign == '-' ? "" : std::string(1, spec.sign);
}

std::string of_float(double number, const Spec& spec) {
  if (spec.type != 0 && std::string_view("eEfFgGn%").find(spec.type) == std::string_view::npos)
    wrong(std::string("A float has no format '") + spec.type + "'.");
  std::string body;
  const bool negative = std::signbit(number);
  const double size = std::abs(number);
  char type = spec.type;
  if (std::isnan(size) || std::isinf(size)) {
    body = std::isnan(size) ? "nan" : "inf";
    if (type == 'F' || type == 'E' || type == 'G') body = to_upper(body);
    if (type == '%') body += '%';
  } else if (type == 0 && spec.precision < 0) {
    body = to_python_repr(size);
  } else {
    const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
    const bool percent = type == '%';
    char code = percent ? 'f' : type == 0 || type == 'n' ? 'g' : type;
    const std::string pattern = std::string(spec.alternate ? "%#.*" : "%.*") + code;
    const double shown = percent ? size * 100 : size;
    body.resize(static_cast<std::size_t>(precision) + 400);
    body.resize(static_cast<std::size_t>(
        std::snprintf(body.data(), body.size(), pattern.c_str(), precision, shown)));
    if (type == 0 && body.find_first_of(".en") == std::string::npos) body += ".0";
    if (percent) body += '%';
  }
  return padded(signed_prefix(negative && !std::isnan(number), spec), grouped(body, spec, 3), spec,
                '>');
}

std::string in_base(const Value& number, int bits, bool upper) {
  const std::string hex = hexadecimal(number);
  std::string digits = hex.substr(hex[0] == '-' ? 3 : 2);
  if (bits == 4) return upper ? to_upper(digits) : digits;
  std::string binary;
  for (const char c : digits) {
    const int value = c <= '9' ? c - '0' : c - 'a' + 10;
    for (int bit = 3; bit >= 0; --bit) binary += (value >> bit) & 1 ? '1' : '0';
  }
  binary.erase(0, std::min(binary.find('1'), binary.size() - 1));
  if (bits == 1) return binary;
  while (binary.size() % 3 != 0) binary.insert(binary.begin(), '0');
  std::string octal;
  for (std::size_t i = 0; i < binary.size(); i += 3)
    octal += static_cast<char>('0' + (binary[i] - '0') * 4 + (binary[i + 1] - '0') * 2 +
                               (binary[i + 2] - '0'));
  return octal;
}

std::string of_integer(const Value& number, const Spec& spec) {
  if (std::string_view("eEfFgG%").find(spec.type) != std::string_view::npos && spec.type != 0)
    return of_float(to_float(number).as_double(), spec);
  if (spec.precision >= 0) wrong("The format of an integer can't have a precision.");
  const bool negative = compare(number, 0) < 0;
  std::string prefix = signed_prefix(negative, spec), digits;
  switch (spec.type) {
    case 0:
    case 'd':
    case 'n':
      digits = to_python_str(number);
      if (negative) digits.erase(0, 1);
      break;
    case 'x':
    case 'X':
      digits = in_base(number, 4, spec.type == 'X');
      break;
    case 'b':
      digits = in_base(number, 1, false);
      break;
    case 'o':
      digits = in_base(number, 3, false);
      break;
    case 'c': {
      std::string character;
      if (!number.is_int() || number.as_int() < 0 || number.as_int() > 0x10ffff)
        wrong("There is no such character.");
      append_utf8(character, static_cast<char32_t>(number.as_int()));
      return padded("", character, spec, '<');
    }
    default:
      wrong(std::string("An integer has no format '") + spec.type + "'.");
  }
  if (spec.alternate && std::string_view("xXbo").find(spec.type) != std::string_view::npos &&
      spec.type != 0)
    (prefix += '0') += spec.type;
  const std::size_t size = spec.type == 0 || spec.type == 'd' ? 3 : 4;
  return padded(prefix, grouped(digits, spec, size), spec, '>');
}

std::string formatted(const Item& item, std::string_view text) {
  if (text.empty()) return to_str(item);
  const Spec spec(text);
  if (item.is_integer() || (item.is_bool() && spec.type != 0 && spec.type != 's'))
    return of_integer(item.is_bool() ? Value(item.truthy() ? 1 : 0) : item.scalar(), spec);
  if (item.is_number()) return of_float(item.scalar().as_double(), spec);
  if (item.is_bool()) return of_integer(item.truthy() ? 1 : 0, spec);
  if (!item.is_string())
    throw Failure(Reason::WrongType,
                  "The format '" + std::string(text) + "' does not fit " + shown(item) + ".");
  if ((spec.type != 0 && spec.type != 's') || spec.align == '=' || spec.group)
    wrong("The format '" + std::string(text) + "' is not for strings.");
  std::string shown = item.text();
  if (spec.precision >= 0) shown = substring(shown, 0, spec.precision);
  return padded("", shown, spec, '<');
}

class Formatter {
 public:
  Formatter(std::span<const Item> arguments, std::span<const std::pair<std::string, Item>> named)
      : arguments_(arguments), named_(named) {}

  std::string run(std::string_view text, int depth = 0) {
    if (depth > 1) wrong("A format is nested too deep.");
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c != '{' && c != '}') {
        out += c;
      } else if (i + 1 < text.size() && text[i + 1] == c) {
        out += c;
        ++i;
      } else if (c == '}') {
        wrong("A single '}' stands in the format; write '}}'.");
      } else {
        const std::size_t end = closing(text, i);
        out += field(text.substr(i + 1, end - i - 1), depth);
        i = end;
      }
    }
    return out;
  }

 private:
  static std::size_t closing(std::string_view text, std::size_t open) {
    int level = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
      if (text[i] == '{') ++level;
      if (text[i] == '}' && --level == 0) return i;
    }
    wrong("A single '{' stands in the format; write '{{'.");
  }

  std::string field(std::string_view field, int depth) {
    std::size_t end = 0;
    while (end < field.size() && field[end] != '!' && field[end] != ':')
      end = field[end] == '[' ? std::min(field.find(']', end), field.size() - 1) + 1 : end + 1;
    Item item = look_up(field.substr(0, end));
    std::string_view rest = field.substr(end);
    if (rest.starts_with('!')) {
      if (rest.size() < 2 || (rest[1] != 'r' && rest[1] != 's' && rest[1] != 'a'))
        wrong("A conversion of a format is !r or !s.");
      item = rest[1] == 's' ? to_str(item) : to_repr(item);
      rest.remove_prefix(2);
    }
    if (rest.empty()) return to_str(item);
    if (rest[0] != ':') wrong("A ':' is expected behind the conversion of a format.");
    return formatted(item, run(rest.substr(1), depth + 1));
  }

  Item look_up(std::string_view path) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    Item item = argument(path.substr(0, end));
    path.remove_prefix(end);
    while (!path.empty()) {
      if (path[0] == '.')
        throw Failure(Reason::WrongType, "Attributes can't be asked in a format.");
      const std::size_t close = path.find(']');
      if (path[0] != '[' || close == std::string_view::npos) wrong("A '[' of a format has no end.");
      item = member(item, path.substr(1, close - 1));
      path.remove_prefix(close + 1);
    }
    return item;
  }

  Item argument(std::string_view name) {
    if (name.empty() || all_digits(name)) {
      if ((name.empty() && given_) || (!name.empty() && counted_))
        wrong("A format can't mix numbered places with ones without a number.");
      (name.empty() ? counted_ : given_) = true;
      const std::size_t index =
          name.empty() ? next_++
                       : std::strtoul(std::string(name.substr(0, 9)).c_str(), nullptr, 10);
      if (index < arguments_.size()) return arguments_[index];
      throw Failure(Reason::NoIndex,
                    "There is no argument " + std::to_string(index) + " for the format.");
    }
    for (const auto& [key, item] : named_)
      if (key == name) return item;
    throw Failure(Reason::NoKey,
                  "There is no argument '" + std::string(name) + "' for the format.");
  }

  static Item member(const Item& item, std::string_view key) {
    if (item.is(Item::Kind::List) && all_digits(key)) {
      const std::size_t index = std::strtoul(std::string(key.substr(0, 9)).c_str(), nullptr, 10);
      if (index < item.list().size()) return item.list().items()[index];
      throw Failure(Reason::NoIndex, "A format asks for item " + std::to_string(index) + ".");
    }
    if (!item.is(Item::Kind::Dict))
      throw Failure(Reason::WrongType, "A format asks for a part of " + shown(item) + ".");
    const Item name = all_digits(key) ? Item(Value::integer(key)) : Item(std::string(key));
    if (const auto found = item.dict()->find(name)) return *found;
    throw Failure(Reason::NoKey, "A format asks for the key '" + std::string(key) + "'.");
  }

  std::span<const Item> arguments_;
  std::span<const std::pair<std::string, Item>> named_;
  std::size_t next_ = 0;
  bool counted_ = false, given_ = false;
};

}  // namespace

std::string format(std::string_view text, std::span<const Item> arguments,
                   std::span<const std::pair<std::string, Item>> named) {
  return Formatter(arguments, named).run(text);
}

}  // namespace heat::yaql
