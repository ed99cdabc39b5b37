#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heat {

using Duration = std::chrono::microseconds;
/// Wall-clock time in microseconds, UTC: what rows and absolute deadlines hold.
using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;

std::int64_t to_micros(Time time);
Time from_micros(std::int64_t micros);

std::string iso_seconds(Time time);  ///< "2026-11-23T02:10:20Z", as the API shows it
std::optional<Time> parse_iso(std::string_view text);  ///< accepts fractions, Z and offsets

}  // namespace heat
