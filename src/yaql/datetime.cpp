#include "yaql/datetime.h"

#include <chrono>

#include "yaql/failure.h"

namespace heat::yaql {

namespace {

using namespace std::chrono;

constexpr std::int64_t kFirst = -62'135'596'800 * kSecond;    // 0001-01-01
constexpr std::int64_t kEnd = 253'402'300'800 * kSecond;      // 10000-01-01
constexpr std::int64_t kLongest = 9'000'000'000'000'000'000;  // microseconds

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

std::string padded(std::int64_t number, int width) {
  std::string digits = std::to_string(number);
  while (static_cast<int>(digits.size()) < width) digits.insert(digits.begin(), '0');
  return digits;
}

std::string time_of(const Fields& f) {
  std::string text = padded(f.hour, 2) + ":" + padded(f.minute, 2) + ":" + padded(f.second, 2);
  return f.micro == 0 ? text : text + "." + padded(f.micro, 6);
}

std::string offset_text(std::int64_t offset, std::string_view between) {
  const std::int64_t minutes = std::abs(offset) / (60 * kSecond);
  const std::int64_t seconds = std::abs(offset) / kSecond % 60;
  std::string text = (offset < 0 ? "-" : "+") + padded(minutes / 60, 2) + std::string(between) +
                     padded(minutes % 60, 2);
  return seconds == 0 ? text : text + std::string(between) + padded(seconds, 2);
}

constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

int day_of_year(const Fields& f) {
  const auto first = sys_days(year(static_cast<int>(f.year)) / January / 1);
  const auto day = sys_days(year(static_cast<int>(f.year)) / static_cast<int>(f.month) /
                            static_cast<int>(f.day));
  return static_cast<int>((day - first).count()) + 1;
}

std::string directive(char letter, const DateTime& moment, const Fields& f) {
  const int day = weekday(moment);
  switch (letter) {
    case 'Y':
      return std::to_string(f.year);
    case 'm':
      return padded(f.month, 2);
    case 'd':
      return padded(f.day, 2);
    case 'e': {
      const std::string text = std::to_string(f.day);
      return text.size() == 1 ? " " + text : text;
    }
    case 'H':
      return padded(f.hour, 2);
    case 'I':
      return padded(f.hour % 12 == 0 ? 12 : f.hour % 12, 2);
    case 'M':
      return padded(f.minute, 2);
    case 'S':
      return padded(f.second, 2);
    case 'f':
      return padded(f.micro, 6);
    case 'p':
      return f.hour < 12 ? "AM" : "PM";
    case 'y':
      return padded(f.year % 100, 2);
    case 'C':
      return padded(f.year / 100, 2);
    case 'z':
      return offset_text(moment.offset, "");
    case 'Z':
      return moment.offset == 0 ? "UTC" : "";
    case 'a':
      return std::string(kDays[day].substr(0, 3));
    case 'A':
      return std::string(kDays[day]);
    case 'b':
    case 'h':
      return std::string(kMonths[f.month - 1].substr(0, 3));
    case 'B':
      return std::string(kMonths[f.month - 1]);
    case 'j':
      return padded(day_of_year(f), 3);
    case 'w':
      return std::to_string((day + 1) % 7);
    case 'u':
      return std::to_string(day + 1);
    case 'U':
      return padded((day_of_year(f) + 6 - (day + 1) % 7) / 7, 2);
    case 'W':
      return padded((day_of_year(f) + 6 - day) / 7, 2);
    case 's':
      return std::to_string(floor_divide(moment.utc(), kSecond));
    case 'n':
      return "\n";
    case 't':
      return "\t";
    case '%':
      return "%";
    default:
      return std::string("%") + letter;
  }
}

}  // namespace

Fields fields(const DateTime& moment) {
  const std::int64_t day = floor_divide(moment.local, kDay);
  const std::int64_t rest = moment.local - day * kDay;
  const year_month_day date{sys_days(days(day))};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          rest / (3600 * kSecond),
          rest / (60 * kSecond) % 60,
          rest / kSecond % 60,
          rest % kSecond};
}

DateTime bounded(DateTime moment) {
  if (moment.local < kFirst || moment.local >= kEnd)
    throw Failure(Reason::WrongValue, "A date is outside of the years 1 to 9999.");
  return moment;
}

TimeSpan bounded(TimeSpan span) {
  if (span.micros < -kLongest || span.micros > kLongest)
    throw Failure(Reason::WrongValue, "A span of time is too long.");
  return span;
}

DateTime make_datetime(const Fields& f, std::int64_t offset) {
  const bool in_range = f.year >= 1 && f.year <= 9999 && f.month >= 1 && f.month <= 12 &&
                        f.day >= 1 && f.day <= 31 && f.hour >= 0 && f.hour < 24 && f.minute >= 0 &&
                        f.minute < 60 && f.second >= 0 && f.second < 60 && f.micro >= 0 &&
                        f.micro < kSecond;
  const year_month_day date = year(static_cast<int>(in_range ? f.year : 1)) /
                              static_cast<int>(in_range ? f.month : 1) /
                              static_cast<int>(in_range ? f.day : 1);
  if (!in_range || !date.ok()) throw Failure(Reason::WrongValue, "There is no such date or time.");
  if (std::abs(offset) >= kDay)
    throw Failure(Reason::WrongValue, "An offset from UTC is less than a day.");
  const std::int64_t day = sys_days(date).time_since_epoch().count();
  return {day * kDay + ((f.hour * 60 + f.minute) * 60 + f.second) * kSecond + f.micro, offset};
}

int weekday(const DateTime& moment) {
  const std::int64_t day = floor_divide(moment.local, kDay);
  return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

std::string format_datetime(const DateTime& moment, std::string_view format) {
  const Fields f = fields(moment);
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    const char letter = format[++i];
    const char* longer = letter == 'F'   ? "%Y-%m-%d"
                         : letter == 'T' ? "%H:%M:%S"
                         : letter == 'X' ? "%H:%M:%S"
                         : letter == 'R' ? "%H:%M"
                         : letter == 'D' ? "%m/%d/%y"
                         : letter == 'x' ? "%m/%d/%y"
                         : letter == 'r' ? "%I:%M:%S %p"
                         : letter == 'c' ? "%a %b %e %H:%M:%S %Y"
                                         : nullptr;
    out += longer ? format_datetime(moment, longer) : directive(letter, moment, f);
  }
  return out;
}

std::string datetime_str(const DateTime& moment) {
  const Fields f = fields(moment);
  return padded(f.year, 4) + "-" + padded(f.month, 2) + "-" + padded(f.day, 2) + " " + time_of(f) +
         offset_text(moment.offset, ":");
}

std::string datetime_repr(const DateTime& moment) {
  const Fields f = fields(moment);
  std::string text = "datetime.datetime(" + std::to_string(f.year) + ", " +
                     std::to_string(f.month) + ", " + std::to_string(f.day) + ", " +
                     std::to_string(f.hour) + ", " + std::to_string(f.minute);
  if (f.second != 0 || f.micro != 0) text += ", " + std::to_string(f.second);
  if (f.micro != 0) text += ", " + std::to_string(f.micro);
  const std::string zone = moment.offset == 0
                               ? "tzutc()"
                               : "tzoffset(None, " + std::to_string(moment.offset / kSecond) + ")";
  return text + ", tzinfo=" + zone + ")";
}

std::string timespan_str(const TimeSpan& span) {
  const std::int64_t days = floor_divide(span.micros, kDay);
  Fields f;
  const std::int64_t rest = span.micros - days * kDay;
  f.hour = rest / (3600 * kSecond);
  f.minute = rest / (60 * kSecond) % 60;
  f.second = rest / kSecond % 60;
  f.micro = rest % kSecond;
  const std::string time = time_of(f);
  const std::string clock = time[0] == '0' ? time.substr(1) : time;
  if (days == 0) return clock;
  return std::to_string(days) + (std::abs(days) == 1 ? " day, " : " days, ") + clock;
}

std::string timespan_repr(const TimeSpan& span) {
  const std::int64_t days = floor_divide(span.micros, kDay);
  const std::int64_t seconds = (span.micros - days * kDay) / kSecond;
  const std::int64_t micros = (span.micros - days * kDay) % kSecond;
  std::string parts;
  const auto add = [&](std::string_view name, std::int64_t number) {
    if (number == 0) return;
    parts += (parts.empty() ? "" : ", ") + std::string(name) + "=" + std::to_string(number);
  };
  add("days", days);
  add("seconds", seconds);
  add("microseconds", micros);
  return "datetime.timedelta(" + (parts.empty() ? "0" : parts) + ")";
}

}  // namespace heat::yaql
