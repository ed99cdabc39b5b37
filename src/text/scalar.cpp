#include "text/scalar.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace heat {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes what it recognises off the front of a text.
struct Pattern {
  std::string_view rest;

  bool done() const { return rest.empty(); }
  bool at(char c) const { return !rest.empty() && rest.front() == c; }
  bool take(char c) {
    if (!at(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  void sign() { take('+') || take('-'); }
  template <class Member>
  std::size_t span(Member member) {
    std::size_t length = 0;
    while (length < rest.size() && member(rest[length])) ++length;
    rest.remove_prefix(length);
    return length;
  }
  std::size_t digits() { return span(is_digit); }
  std::size_t digits_or_underscores() {
    return span([](char c) { return is_digit(c) || c == '_'; });
  }
  bool exponent() {  // optional, but where it begins it must be whole
    if (!take('e') && !take('E')) return true;
    return (take('+') || take('-')) && digits() > 0;
  }
  bool sixtieths() {  // (:[0-5]?[0-9])+
    std::size_t parts = 0;
    for (; take(':'); ++parts) {
      const std::string_view before = rest;
      const std::size_t length = digits();
      if (length == 0 || length > 2 || (length == 2 && before.front() > '5')) return false;
    }
    return parts > 0;
  }
};

bool is_int(std::string_view text) {
  Pattern p{text};
  p.sign();
  if (p.done()) return false;
  if (!p.at('0')) {
    if (p.digits_or_underscores() == 0 || text[text.find_first_not_of("+-")] == '_') return false;
    return p.done() || (p.sixtieths() && p.done());
  }
  p.take('0');
  if (p.done()) return true;
  const auto one_of = [&](std::string_view members) {
    return p.span([&](char c) { return members.find(c) != std::string_view::npos; }) > 0 &&
           p.done();
  };
  if (p.take('b')) return one_of("01_");
  if (p.take('x')) return one_of("0123456789abcdefABCDEF_");
  return one_of("01234567_");
}

bool is_special_float(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  return text == ".inf" || text == ".Inf" || text == ".INF";
}

bool is_float(std::string_view text) {
  if (is_special_float(text)) return true;
  Pattern p{text};
  if (p.take('.')) {
    return !p.done() && is_digit(p.rest.front()) && p.digits_or_underscores() && p.exponent() &&
           p.done();
  }
  p.sign();
  if (p.done() || !is_digit(p.rest.front())) return false;
  p.digits_or_underscores();
  if (p.at(':')) {
    if (!p.sixtieths() || !p.take('.')) return false;
    p.digits_or_underscores();
    return p.done();
  }
  if (!p.take('.')) return false;
  p.digits_or_underscores();
  return p.exponent() && p.done();
}

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

/// A natural number of any size, to turn other bases into decimal digits.
class Natural {
 public:
  void multiply_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::uint32_t& limb : limbs_) {
      carry += std::uint64_t{limb} * factor;
      limb = static_cast<std::uint32_t>(carry % kBase);
      carry /= kBase;
    }
    if (carry) limbs_.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string decimal() const {
    std::string digits = "0";
    for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) {
      const std::string part = std::to_string(*limb);
      digits += std::string(9 - part.size(), '0') + part;
    }
    return digits;
  }

 private:
  static constexpr std::uint64_t kBase = 1'000'000'000;
  std::vector<std::uint32_t> limbs_;  // the lowest first
};

/// `digits` in a base that is a power of two; false where one is none of it.
bool add_digits(Natural& number, std::string_view digits, unsigned base) {
  constexpr std::size_t kAtOnce = 7;  // 16^7 fits a limb
  if (digits.empty()) return false;
  for (std::size_t at = 0; at < digits.size(); at += kAtOnce) {
    const std::string_view chunk = digits.substr(at, kAtOnce);
    std::uint32_t summand = 0;
    const auto read =
        std::from_chars(chunk.data(), chunk.data() + chunk.size(), summand, static_cast<int>(base));
    if (read.ec != std::errc{} || read.ptr != chunk.data() + chunk.size()) return false;
    std::uint32_t factor = 1;
    for (std::size_t i = 0; i < chunk.size(); ++i) factor *= base;
    number.multiply_add(factor, summand);
  }
  return true;
}

/// 12:30:45, base sixty; the parts are decimal.
std::optional<std::string> sixtieths_to_decimal(std::string_view text) {
  Natural number;
  for (bool first = true; !text.empty(); first = false) {
    const std::string_view part = text.substr(0, text.find(':'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (!first) {
      number.multiply_add(60, static_cast<std::uint32_t>(std::atoi(std::string(part).c_str())));
      continue;
    }
    for (const char digit : part) number.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
  }
  return number.decimal();
}

}  // namespace

ScalarTag resolve_plain(std::string_view text) {
  if (text.empty()) return ScalarTag::Null;
  const char first = text.front();
  if (is_digit(first) || first == '-' || first == '+' || first == '.') {
    if (is_float(text)) return ScalarTag::Float;
    return first != '.' && is_int(text) ? ScalarTag::Int : ScalarTag::String;
  }
  constexpr std::string_view kWordsBegin = "~nN<=yYtTfFoO";
  if (text.size() > 5 || kWordsBegin.find(first) == std::string_view::npos)
    return ScalarTag::String;
  if (text == "~" || is_any(text, {"null", "Null", "NULL"})) return ScalarTag::Null;
  if (text == "<<") return ScalarTag::Merge;
  if (text == "=") return ScalarTag::Value;
  if (is_any(text, {"yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False",
                    "FALSE", "on", "On", "ON", "off", "Off", "OFF"}))
    return ScalarTag::Bool;
  return ScalarTag::String;
}

std::optional<Value> construct_int(std::string_view text) {
  if (!is_int(text) || text.size() > 4 * kMostDigits) return std::nullopt;
  std::string plain = without_underscores(text);
  const bool negative = plain.front() == '-';
  if (negative || plain.front() == '+') plain.erase(0, 1);
  std::string digits = plain;
  Natural number;
  if (plain.size() > 1 && plain.front() == '0') {
    const char mark = plain[1];
    const bool prefixed = mark == 'b' || mark == 'x';
    const unsigned base = mark == 'b' ? 2 : mark == 'x' ? 16 : 8;
    if (!add_digits(number, std::string_view(plain).substr(prefixed ? 2 : 1), base))
      return std::nullopt;
    digits = number.decimal();
  } else if (plain.find(':') != std::string::npos) {
    digits = *sixtieths_to_decimal(plain);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > kMostDigits) return std::nullopt;
  return Value::integer((negative ? "-" : "") + digits);
}

double parse_double(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc::result_out_of_range)
    return std::strtod(std::string(text).c_str(), nullptr);
  return number;
}

std::optional<Value> construct_float(std::string_view text) {
  if (text.size() > 4 * kMostDigits) return std::nullopt;
  std::string plain = without_underscores(text);
  const bool signed_text = !plain.empty() && (plain.front() == '-' || plain.front() == '+');
  const double sign = signed_text && plain.front() == '-' ? -1 : 1;
  if (signed_text) plain.erase(0, 1);
  if (is_special_float(text)) {
    using Limits = std::numeric_limits<double>;
    return Value(plain.size() == 4 && (plain[1] | 0x20) == 'i' ? sign * Limits::infinity()
                                                               : Limits::quiet_NaN());
  }
  if (plain.find(':') != std::string::npos) {
    if (!is_float(text)) return std::nullopt;
    double sum = 0, unit = 1;
    for (std::string_view rest = plain; !rest.empty(); unit *= 60) {
      const std::size_t colon = rest.rfind(':');
      const bool last = colon == std::string_view::npos;
      sum += unit * parse_double(last ? rest : rest.substr(colon + 1));
      rest = last ? std::string_view{} : rest.substr(0, colon);
    }
    return Value(sign * sum);
  }
  Pattern p{plain};
  const std::size_t whole = p.digits();
  const std::size_t fraction = p.take('.') ? p.digits() : 0;
  if (whole + fraction == 0) return std::nullopt;
  if (p.take('e') || p.take('E')) {
    p.sign();
    if (p.digits() == 0) return std::nullopt;
  }
  if (!p.done()) return std::nullopt;
  return Value(sign * parse_double(plain));
}

std::optional<Value> construct_bool(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  if (is_any(lower, {"yes", "true", "on"})) return Value(true);
  if (is_any(lower, {"no", "false", "off"})) return Value(false);
  return std::nullopt;
}

}  // namespace heat
