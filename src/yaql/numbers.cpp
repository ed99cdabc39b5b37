#include "yaql/numbers.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstdlib>

#include "yaql/failure.h"

namespace heat::yaql {

namespace {

using Big = boost::multiprecision::cpp_int;

constexpr std::size_t kMostBits = 80'000;

Big big(const Value& value) {
  if (value.is_bool()) return value.as_bool() ? 1 : 0;
  if (value.is_int()) return value.as_int();
  return Big(value.as_string());
}

std::size_t bits(const Big& number) { return number == 0 ? 0 : msb(abs(number)) + 1; }

[[noreturn]] void too_large() {
  throw Failure(Reason::TooMuchMemory, "A number becomes too large.");
}

Value value_of(const Big& number) {
  if (bits(number) > kMostBits) too_large();
  return Value::integer(number.str());
}

bool whole(const Value& a, const Value& b) { return !a.is_double() && !b.is_double(); }
bool small(const Value& a, const Value& b) { return a.is_int() && b.is_int(); }
double number(const Value& value) { return value.is_bool() ? value.as_bool() : value.as_double(); }

[[noreturn]] void by_zero() { throw Failure(Reason::DivisionByZero, "Division by zero."); }

Big floor_divide(const Big& a, const Big& b) {
  Big quotient = a / b;
  if (a % b != 0 && (a < 0) != (b < 0)) --quotient;
  return quotient;
}

double floor_modulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
  return rest == 0 ? std::copysign(0.0, b) : rest;
}

}  // namespace

Value add(const Value& a, const Value& b) {
  std::int64_t sum = 0;
  if (small(a, b) && !__builtin_add_overflow(a.as_int(), b.as_int(), &sum)) return sum;
  if (whole(a, b)) return value_of(big(a) + big(b));
  return number(a) + number(b);
}

Value subtract(const Value& a, const Value& b) {
  std::int64_t rest = 0;
  if (small(a, b) && !__builtin_sub_overflow(a.as_int(), b.as_int(), &rest)) return rest;
  if (whole(a, b)) return value_of(big(a) - big(b));
  return number(a) - number(b);
}

Value multiply(const Value& a, const Value& b) {
  std::int64_t product = 0;
  if (small(a, b) && !__builtin_mul_overflow(a.as_int(), b.as_int(), &product)) return product;
  if (whole(a, b)) return value_of(big(a) * big(b));
  return number(a) * number(b);
}

Value divide(const Value& a, const Value& b) {
  if (number(b) == 0) by_zero();
  if (whole(a, b)) return value_of(floor_divide(big(a), big(b)));
  return number(a) / number(b);
}

Value modulo(const Value& a, const Value& b) {
  if (number(b) == 0) by_zero();
  if (!whole(a, b)) return floor_modulo(number(a), number(b));
  const Big left = big(a), right = big(b);
  return value_of(left - floor_divide(left, right) * right);
}

Value negate(const Value& a) {
  if (a.is_double()) return -a.as_double();
  return value_of(-big(a));
}

Value power(const Value& a, const Value& b, const Value& c) {
  if (!c.is_null()) {
    if (!whole(a, b) || !c.is_integer())
      throw Failure(Reason::WrongType, "pow() with three arguments takes integers.");
    const Big modulus = big(c), exponent = big(b);
    if (modulus == 0) throw Failure(Reason::WrongValue, "The third argument of pow() is 0.");
    if (exponent < 0)
      throw Failure(Reason::WrongValue, "pow() of a negative exponent with a modulus.");
    const Big positive = abs(modulus);
    Big base = big(a) % positive;
    if (base < 0) base += positive;
    Big result = powm(base, exponent, positive);
    if (modulus < 0 && result != 0) result += modulus;
    return value_of(result);
  }
  const bool integers = whole(a, b);
  if (integers && big(b) >= 0) {
    const Big base = big(a), exponent = big(b);
    if (bits(base) > 1 && (exponent > kMostBits || bits(base) * exponent > kMostBits + bits(base)))
      too_large();
    const bool odd = exponent % 2 != 0;
    if (bits(base) <= 1) return exponent == 0 ? 1 : base < 0 && !odd ? 1 : static_cast<int>(base);
    return value_of(pow(base, static_cast<unsigned>(exponent)));
  }
  if (number(a) == 0 && number(b) < 0) by_zero();
  const double result = std::pow(number(a), number(b));
  if (std::isnan(result) && !std::isnan(number(a)) && !std::isnan(number(b)))
    throw Failure(Reason::WrongValue, "pow() has no real result.");
  if (std::isinf(result) && std::isfinite(number(a)) && std::isfinite(number(b))) too_large();
  return result;
}

Value round_to(const Value& value, std::int64_t digits) {
  if (value.is_double()) {
    const double given = value.as_double();
    if (!std::isfinite(given) || digits > 300) return given;
    if (digits < -308) return std::copysign(0.0, given);
    if (digits >= 0) {
      char text[700];
      std::snprintf(text, sizeof text, "%.*f", static_cast<int>(digits), given);
      return std::strtod(text, nullptr);
    }
    const double unit = std::pow(10.0, static_cast<double>(-digits));
    return std::nearbyint(given / unit) * unit;
  }
  if (digits >= 0) return value.is_bool() ? Value(value.as_bool() ? 1 : 0) : value;
  const Big given = big(value);
  if (-digits > static_cast<std::int64_t>(given.str().size())) return 0;
  const Big unit = pow(Big(10), static_cast<unsigned>(-digits));
  Big low = floor_divide(given, unit);
  const Big twice = (given - low * unit) * 2;
  if (twice > unit || (twice == unit && low % 2 != 0)) ++low;
  return value_of(low * unit);
}

int compare(const Value& a, const Value& b) {
  if (whole(a, b)) {
    if (small(a, b)) return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int();
    const int order = big(a).compare(big(b));
    return order < 0 ? -1 : order > 0;
  }
  const double left = number(a), right = number(b);
  if (std::isnan(left) || std::isnan(right)) return 2;
  return left < right ? -1 : left > right;
}

Value bitwise(Bits what, const Value& a, const Value& b) {
  // Two's complement of any width: negative numbers go through their complement.
  const auto complement = [](const Big& n) -> Big { return -n - 1; };
  const Big left = big(a), right = big(b);
  const bool negative_left = left < 0, negative_right = right < 0;
  const Big x = negative_left ? complement(left) : left;
  const Big y = negative_right ? complement(right) : right;
  const auto and_not = [](const Big& p, const Big& q) -> Big { return p - (p & q); };
  if (what == Bits::Xor) {
    const Big result = x ^ y;
    return value_of(negative_left != negative_right ? complement(result) : result);
  }
  const bool as_and = what == Bits::And;
  if (negative_left && negative_right)
    return value_of(complement(as_and ? Big(x | y) : Big(x & y)));
  if (!negative_left && !negative_right) return value_of(as_and ? Big(x & y) : Big(x | y));
  const Big& positive = negative_left ? y : x;
  const Big& inverted = negative_left ? x : y;
  return value_of(as_and ? and_not(positive, inverted) : complement(and_not(inverted, positive)));
}

Value shift_left(const Value& a, const Value& by) {
  const Big number = big(a), count = big(by);
  if (count < 0)
    throw Failure(Reason::WrongValue, "A number can't be shifted by a negative count.");
  if (number == 0) return 0;
  if (count + bits(number) > kMostBits) too_large();
  return value_of(number * pow(Big(2), static_cast<unsigned>(count)));
}

Value shift_right(const Value& a, const Value& by) {
  const Big number = big(a), count = big(by);
  if (count < 0)
    throw Failure(Reason::WrongValue, "A number can't be shifted by a negative count.");
  if (count > bits(number)) return number < 0 ? -1 : 0;
  return value_of(floor_divide(number, pow(Big(2), static_cast<unsigned>(count))));
}

std::string hexadecimal(const Value& integer) {
  const Big number = big(integer);
  std::string digits = Big(abs(number)).str(0, std::ios_base::hex);
  std::ranges::transform(digits, digits.begin(), [](unsigned char c) { return std::tolower(c); });
  return (number < 0 ? "-0x" : "0x") + digits;
}

namespace {

/// Without white space around, and without the single underscores between digits.
std::string digits_of(const std::string& text) {
  constexpr std::string_view kSpace = " \t\n\r\v\f\x1c\x1d\x1e\x1f";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string::npos) return "";
  const std::string_view inside =
      std::string_view(text).substr(begin, text.find_last_not_of(kSpace) - begin + 1);
  std::string result;
  const auto is_digit = [&](std::size_t i) { return i < inside.size() && std::isdigit(inside[i]); };
  for (std::size_t i = 0; i < inside.size(); ++i)
    if (inside[i] != '_' || i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) result += inside[i];
  return result;
}

[[noreturn]] void no_number(const std::string& text) {
  throw Failure(Reason::WrongValue, "'" + text.substr(0, 60) + "' is no number.");
}

Value parse_int(const std::string& text) {
  const std::string digits = digits_of(text);
  const std::size_t begin = !digits.empty() && (digits[0] == '-' || digits[0] == '+') ? 1 : 0;
  const bool good = digits.size() > begin && digits.size() < 4300 &&
                    digits.find_first_not_of("0123456789", begin) == std::string::npos;
  if (!good) no_number(text);
  const std::size_t first = std::min(digits.find_first_not_of('0', begin), digits.size() - 1);
  return Value::integer((digits[0] == '-' ? "-" : "") + digits.substr(first));
}

Value parse_float(const std::string& text) {
  const std::string digits = digits_of(text);
  std::string lower = digits;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string plain =
      !lower.empty() && (lower[0] == '-' || lower[0] == '+') ? lower.substr(1) : lower;
  const bool word = plain == "inf" || plain == "infinity" || plain == "nan";
  if (!word && (plain.empty() || plain.find_first_not_of("0123456789.e+-") != std::string::npos))
    no_number(text);
  char* end = nullptr;
  const double number = std::strtod(lower.c_str(), &end);
  if (*end != '\0') no_number(text);
  return number;
}

}  // namespace

Value to_int(const Value& value) {
  if (value.is_null()) return 0;
  if (value.is_bool()) return value.as_bool() ? 1 : 0;
  if (value.is_string()) return parse_int(value.as_string());
  if (!value.is_double()) return value;
  const double number = std::trunc(value.as_double());
  if (!std::isfinite(number))
    throw Failure(Reason::WrongValue, "int() of a number that is not finite.");
  return value_of(Big(number));
}

Value to_float(const Value& value) {
  if (value.is_null()) return 0.0;
  if (value.is_string()) return parse_float(value.as_string());
  return number(value);
}

}  // namespace heat::yaql
