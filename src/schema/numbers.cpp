#include "schema/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace heat {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return result;
}

/// Takes out underscores between digits; nothing where one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      result.push_back(text[i]);
      continue;
    }
    if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1]))
      return std::nullopt;
  }
  return result;
}

std::optional<double> read_double(std::string text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  const std::string word = lowered(rest);
  if (word == "nan") return std::nan("");
  if (word == "inf" || word == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  if (rest.empty() || !(is_digit(rest.front()) || rest.front() == '.')) return std::nullopt;
  double number = 0;
  const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (end != rest.data() + rest.size() || problem == std::errc::invalid_argument)
    return std::nullopt;
  if (problem == std::errc::result_out_of_range) number = std::strtod(rest.data(), nullptr);
  return negative ? -number : number;
}

int sign(std::int64_t number) { return number < 0 ? -1 : number > 0 ? 1 : 0; }

int compare_big(const std::string& a, const std::string& b) {
  const bool a_negative = a.starts_with('-'), b_negative = b.starts_with('-');
  if (a_negative != b_negative) return a_negative ? -1 : 1;
  const int magnitude = a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
  return a_negative ? -magnitude : magnitude;
}

Value plain(const Value& value) {
  return value.is_bool() ? Value(std::int64_t{value.as_bool()}) : value;
}

std::int64_t big_remainder(const std::string& digits, std::int64_t divisor) {
  const bool negative = digits.starts_with('-');
  __int128 rest = 0;
  for (const char c : digits)
    if (is_digit(c)) rest = (rest * 10 + (c - '0')) % divisor;
  return static_cast<std::int64_t>(negative ? -rest : rest);
}

}  // namespace

std::optional<Value> read_integer(std::string_view text) {
  const auto digits = without_underscores(trimmed(text));
  if (!digits) return std::nullopt;
  std::string_view rest = *digits;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty() || !std::ranges::all_of(rest, is_digit)) return std::nullopt;
  return Value::integer(*digits);
}

std::optional<Value> read_number(std::string_view text) {
  if (auto integer = read_integer(text)) return integer;
  const auto digits = without_underscores(trimmed(text));
  if (!digits) return std::nullopt;
  if (const auto number = read_double(*digits)) return Value(*number);
  return std::nullopt;
}

std::optional<bool> read_boolean(std::string_view text) {
  const std::string word = lowered(trimmed(text));
  for (const std::string_view yes : {"1", "t", "true", "on", "y", "yes"})
    if (word == yes) return true;
  for (const std::string_view no : {"0", "f", "false", "off", "n", "no"})
    if (word == no) return false;
  return std::nullopt;
}

std::optional<Value> to_number(const Value& value) {
  if (value.is_number() || value.is_bool()) return value;
  if (value.is_string()) return read_number(value.as_string());
  return std::nullopt;
}

int compare_numbers(const Value& left, const Value& right) {
  const Value a = plain(left), b = plain(right);
  if (a.is_double() || b.is_double()) {
    const double x = a.as_double(), y = b.as_double();
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.is_int() && b.is_int()) {
    return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int() ? 1 : 0;
  }
  if (a.is_int()) return b.as_string().starts_with('-') ? 1 : -1;
  if (b.is_int()) return a.as_string().starts_with('-') ? -1 : 1;
  return compare_big(a.as_string(), b.as_string());
}

Value remainder(const Value& dividend, const Value& divisor) {
  const Value a = plain(dividend), b = plain(divisor);
  if (a.is_double() || !b.is_int()) {
    const double step = b.as_double();
    const double rest = std::fmod(a.as_double(), step);
    return rest != 0 && (rest < 0) != (step < 0) ? rest + step : rest;
  }
  const std::int64_t step = b.as_int();
  if (step == -1) return 0;  // the smallest integer by -1 overflows
  std::int64_t rest = a.is_int() ? a.as_int() % step : big_remainder(a.as_string(), step);
  if (rest != 0 && sign(rest) != sign(step)) rest += step;
  return rest;
}

}  // namespace heat
