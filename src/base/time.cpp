#include "base/time.h"

#include <charconv>
#include <cstdio>

namespace heat {

using namespace std::chrono;

std::int64_t to_micros(Time time) { return time.time_since_epoch().count(); }

Time from_micros(std::int64_t micros) { return Time(Duration(micros)); }

std::string iso_seconds(Time time) {
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(time - day));
  char text[64];
  const int length = std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return std::string(text, static_cast<std::size_t>(length));
}

namespace {

/// Takes pieces off the front of a text; after the first that does not fit, `good` is false.
struct Scanner {
  std::string_view rest;
  bool good = true;

  int number(std::size_t digits) {
    int value = 0;
    if (rest.size() < digits || !is_digit()) return fail();
    const char* end = rest.data() + digits;
    const auto result = std::from_chars(rest.data(), end, value);
    if (result.ec != std::errc{} || result.ptr != end) return fail();
    rest.remove_prefix(digits);
    return value;
  }
  bool take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(char c) { good = take(c) && good; }
  bool is_digit() const { return !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; }
  int fail() {
    good = false;
    return 0;
  }
};

Duration scan_fraction(Scanner& scan) {
  std::int64_t micros = 0;
  if (!scan.is_digit()) scan.fail();
  for (std::int64_t unit = 100'000; scan.is_digit(); unit /= 10) {
    micros += unit * (scan.rest.front() - '0');
    scan.rest.remove_prefix(1);
  }
  return Duration(micros);
}

minutes scan_offset(Scanner& scan) {
  if (scan.rest.empty() || scan.take('Z') || scan.take('z')) return minutes(0);
  const bool west = scan.take('-');
  if (!west) scan.need('+');
  const int hours = scan.number(2);
  scan.take(':');
  const int rest = scan.rest.empty() ? 0 : scan.number(2);
  const int total = hours * 60 + rest;
  return minutes(west ? -total : total);
}

}  // namespace

std::optional<Time> parse_iso(std::string_view text) {
  Scanner scan{text};
  const year y(scan.number(4));
  scan.need('-');
  const month m(static_cast<unsigned>(scan.number(2)));
  scan.need('-');
  const year_month_day date(y, m, day(static_cast<unsigned>(scan.number(2))));
  if (!scan.take('T') && !scan.take('t')) scan.need(' ');
  const int hour = scan.number(2);
  scan.need(':');
  const int minute = scan.number(2);
  scan.need(':');
  const int second = scan.number(2);
  const Duration fraction = scan.take('.') ? scan_fraction(scan) : Duration(0);
  const minutes offset = scan_offset(scan);
  if (!scan.good || !scan.rest.empty() || !date.ok()) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Time(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second) + fraction - offset;
}

}  // namespace heat
