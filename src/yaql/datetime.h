#pragma once

#include <string>
#include <string_view>

#include "yaql/item.h"

namespace heat::yaql {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kDay = 86'400 * kSecond;

/// A date and a time of day, as clocks show them.
struct Fields {
  std::int64_t year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0;
};

Fields fields(const DateTime& moment);
/// Throws Failure{WrongValue} for what is no date or outside of the years 1 to 9999.
DateTime make_datetime(const Fields& fields, std::int64_t offset);
DateTime bounded(DateTime moment);
TimeSpan bounded(TimeSpan span);
int weekday(const DateTime& moment);  ///< 0 is Monday

/// Most of the usual ways to write a date; what is missing is taken from today, midnight.
DateTime parse_datetime(std::string_view text);
/// As strptime and strftime, with Python's directives in English.
DateTime parse_datetime(std::string_view text, std::string_view format);
std::string format_datetime(const DateTime& moment, std::string_view format);

std::string datetime_str(const DateTime& moment);  ///< "2020-01-02 00:00:00+00:00"
std::string datetime_repr(const DateTime& moment);
std::string timespan_str(const TimeSpan& span);  ///< "1 day, 0:00:00"
std::string timespan_repr(const TimeSpan& span);

}  // namespace heat::yaql
