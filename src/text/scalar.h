#pragma once

#include <optional>
#include <string_view>

#include "base/value.h"

namespace heat {

/// What YAML 1.1 makes of a plain scalar, by PyYAML's implicit resolvers. Timestamps are strings
/// here, as the original has it.
enum class ScalarTag { Null, Bool, Int, Float, String, Merge, Value };

ScalarTag resolve_plain(std::string_view text);

/// The value of `text` under its tag, resolved or explicit; nothing where the text is none of it.
std::optional<Value> construct_int(std::string_view text);
std::optional<Value> construct_float(std::string_view text);
std::optional<Value> construct_bool(std::string_view text);

/// A number in decimal as Python's float() reads it: out of range is infinite or zero.
double parse_double(std::string_view text);

/// Integers with more digits are refused, as Python does.
constexpr std::size_t kMostDigits = 4300;

}  // namespace heat
