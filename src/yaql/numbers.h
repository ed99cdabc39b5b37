#pragma once

#include <cstdint>
#include <string>

#include "base/value.h"

namespace heat::yaql {

// Arithmetic as Python's: integers of any size, of which results are bounded; division and
// remainder round down. All throw Failure.
Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);  ///< of integers: rounded down
Value modulo(const Value& a, const Value& b);
Value negate(const Value& a);
/// Modulo `c` where that is not null.
Value power(const Value& a, const Value& b, const Value& c);
Value round_to(const Value& number, std::int64_t digits);
/// -1, 0 or 1; 2 where they can't be compared (NaN).
int compare(const Value& a, const Value& b);

enum class Bits { And, Or, Xor };
Value bitwise(Bits what, const Value& a, const Value& b);
Value shift_left(const Value& a, const Value& bits);
Value shift_right(const Value& a, const Value& bits);
std::string hexadecimal(const Value& integer);  ///< "-0x1f"

/// As Python's int() and float() of a scalar.
Value to_int(const Value& value);
Value to_float(const Value& value);

}  // namespace heat::yaql
