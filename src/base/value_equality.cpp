#include <charconv>
#include <cmath>
#include <functional>
#include <optional>

#include "base/value.h"

// Equality as Python has it, and a hash that agrees with it.
namespace heat {

namespace {

bool equal_lists(const List& a, const List& b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(a[i] == b[i])) return false;
  return true;
}

bool equal_maps(const Map& a, const Map& b) noexcept {
  if (a.size() != b.size()) return false;
  for (const auto& [key, value, kind] : a) {
    if (kind == Value::Kind::String) {
      const Value* other = b.find(key);
      if (!other || !(value == *other)) return false;
      continue;
    }
    bool found = false;
    for (const auto& entry : b)
      found = found || (entry.key_kind == kind && entry.key == key && entry.value == value);
    if (!found) return false;
  }
  return true;
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t more) noexcept {
  seed ^= more + 0x9e3779b97f4a7c15ULL + (seed << 12) + (seed >> 4);
  return seed * 0xff51afd7ed558ccdULL;
}

std::optional<std::int64_t> as_int64(double number) noexcept {
  constexpr double kEnd = 9223372036854775808.0;  // 2^63
  if (!(number >= -kEnd && number < kEnd) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

/// No rounding: 2^53 + 1 is not 2^53, as in Python.
bool equals_exactly(double number, const Value& integer) noexcept {
  if (!integer.is(Value::Kind::BigInt)) {
    const std::int64_t other = integer.is_bool() ? integer.as_bool() : integer.as_int();
    return as_int64(number) == other;
  }
  if (!std::isfinite(number)) return false;
  char digits[400];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 0);
  return number == std::floor(number) && integer.as_string() == std::string_view(digits, end.ptr);
}

std::uint64_t hash_text(std::string_view text) noexcept {
  return std::hash<std::string_view>{}(text);
}

}  // namespace

bool operator==(const Value& a, const Value& b) noexcept {
  using Kind = Value::Kind;
  const auto numeric = [](const Value& v) { return v.is_number() || v.is_bool(); };
  if (numeric(a) && numeric(b)) {
    if (a.is(Kind::BigInt) && b.is(Kind::BigInt)) return a.as_string() == b.as_string();
    if (a.is_double() && b.is_double()) return a.bits_.number == b.bits_.number;
    if (a.is_double()) return equals_exactly(a.bits_.number, b);
    if (b.is_double()) return equals_exactly(b.bits_.number, a);
    return !a.is(Kind::BigInt) && !b.is(Kind::BigInt) && a.bits_.integer == b.bits_.integer;
  }
  if (a.kind_ != b.kind_) return false;
  switch (a.kind_) {
    case Kind::String:
      return a.as_string() == b.as_string();
    case Kind::List:
      return a.bits_.shared == b.bits_.shared || equal_lists(a.as_list(), b.as_list());
    case Kind::Map:
      return a.bits_.shared == b.bits_.shared || equal_maps(a.as_map(), b.as_map());
    default:
      return true;
  }
}

std::uint64_t Value::hash() const noexcept {
  switch (kind_) {
    case Kind::Bool:
    case Kind::Int:
      return mix(1, static_cast<std::uint64_t>(bits_.integer));
    case Kind::BigInt:
    case Kind::Double: {
      const double number = as_double();
      if (const auto whole = as_int64(number)) return mix(1, static_cast<std::uint64_t>(*whole));
      return mix(2, std::hash<double>{}(number));
    }
    case Kind::String:
      return mix(3, hash_text(as_string()));
    case Kind::List: {
      std::uint64_t seed = 4;
      for (const Value& item : as_list()) seed = mix(seed, item.hash());
      return seed;
    }
    case Kind::Map: {
      std::uint64_t sum = 5;  // commutative: maps are equal in any order
      for (const auto& entry : as_map()) sum += mix(hash_text(entry.key), entry.value.hash());
      return sum;
    }
    default:
      return static_cast<std::uint64_t>(kind_);
  }
}

}  // namespace heat
