#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heat::yaql {

// Strings as Python has them: counted in characters, not bytes.
std::u32string points(std::string_view text);
std::string from_points(std::u32string_view points);

std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
bool is_space(char32_t point);

enum class Side { Both, Left, Right };
/// Without the characters at its sides; white space where none are given.
std::string trim(std::string_view text, const std::optional<std::string>& characters, Side side);

/// At most `most` cuts, negative for all; from the right with Side::Right. White space in runs
/// where there is no separator. Throws Failure{WrongValue} for an empty one.
std::vector<std::string> split(std::string_view text, const std::optional<std::string>& separator,
                               std::int64_t most, Side from);
/// The first `most` places, negative for all.
std::string replace(std::string_view text, std::string_view old, std::string_view by,
                    std::int64_t most);
/// Characters from `start`, `length` of them; negative: from the end, all.
std::string substring(std::string_view text, std::int64_t start, std::int64_t length);
/// The place of the first or last `sub` that begins and ends in [start, end); -1 for none.
std::int64_t find(std::string_view text, std::string_view sub, std::int64_t start,
                  std::optional<std::int64_t> end, bool last);

}  // namespace heat::yaql
