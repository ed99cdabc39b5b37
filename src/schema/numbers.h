#pragma once

#include <optional>
#include <string_view>

#include "base/value.h"

namespace heat {

// How text becomes a number or a truth value in templates. Users know Python's rules from the
// original: spaces around, a sign, and "1_000" are fine.

std::optional<Value> read_integer(std::string_view text);
/// An integer where the text is one, else a double ("1e3", "nan", "inf" too).
std::optional<Value> read_number(std::string_view text);
/// "true", "yes", "on", "t", "y", "1" and their opposites, in any case.
std::optional<bool> read_boolean(std::string_view text);

/// A number, or the number that a string spells; booleans stay what they are, being numbers there.
std::optional<Value> to_number(const Value& value);

/// Orders numbers (and booleans) of any size: negative, zero or positive.
int compare_numbers(const Value& a, const Value& b);
/// The remainder with the divisor's sign, as Python's % gives it. The divisor is not zero.
Value remainder(const Value& dividend, const Value& divisor);

}  // namespace heat
