#include <algorithm>
#include <cctype>
#include <optional>

#include "yaql/clock.h"
#include "yaql/datetime.h"
#include "yaql/failure.h"

namespace heat::yaql {

namespace {

constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::string_view kDays = "montuewedthufrisatsun";

[[noreturn]] void no_date(std::string_view text) {
  throw Failure(Reason::WrongValue,
                "'" + std::string(text.substr(0, 60)) + "' is no date that is understood here.");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)); }

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

/// The place of a word by its first three letters, from 1; 0 where it is none of them.
int named(std::string_view word, std::string_view names) {
  if (word.size() < 3) return 0;
  const std::size_t at = names.find(lower(word.substr(0, 3)));
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

/// Reads digits, signs and names one after the other.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  char take() { return text_[at_++]; }
  bool accept(char c) { return peek() == c && !done() && ++at_; }

  std::string digits(std::size_t most) {
    const std::size_t begin = at_;
    while (at_ - begin < most && is_digit(peek())) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  std::string letters() {
    const std::size_t begin = at_;
    while (is_letter(peek())) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  /// The digits behind a dot, as microseconds.
  std::int64_t fraction() {
    std::string text = digits(9).substr(0, 6);
    while (text.size() < 6) text += '0';
    digits(99);
    return std::stoll(text);
  }
  /// +hh:mm, +hhmm or +hh in microseconds; nothing where there is no sign.
  std::optional<std::int64_t> offset() {
    if (peek() != '+' && peek() != '-') return std::nullopt;
    const int sign = take() == '-' ? -1 : 1;
    const std::string hours = digits(2);
    const bool colon = accept(':');
    const std::string minutes = digits(2);
    if (hours.empty() || (colon && minutes.empty())) return std::nullopt;
    return sign * (std::stoll(hours) * 60 + (minutes.empty() ? 0 : std::stoll(minutes))) * 60 *
           kSecond;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// A date written in one of many ways: numbers, names of months, a time, a zone.
class FreeForm {
 public:
  explicit FreeForm(std::string_view text) : text_(text), scan_(text) {}

  DateTime run() {
    if (text_.size() > 100) no_date(text_);
    while (!scan_.done()) {
      const char c = scan_.peek();
      if (is_digit(c))
        number();
      else if (is_letter(c))
        word(scan_.letters());
      else if ((c == '+' || c == '-') && has_time_)
        zone();
      else if (std::string_view(" ,.-/;").find(c) != std::string_view::npos)
        scan_.take();
      else
        no_date(text_);
    }
    return result();
  }

 private:
  void zone() {
    const auto offset = scan_.offset();
    if (!offset) no_date(text_);
    offset_ = *offset;
  }

  void number() {
    const std::string digits = scan_.digits(14);
    if (scan_.peek() == ':') return time(std::stoll(digits));
    if (digits.size() == 8 && date_.empty()) {
      for (const auto& [at, size] : {std::pair{0, 4}, {4, 2}, {6, 2}})
        date_.push_back(
            digits.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(size)));
    } else if (digits.size() == 14 && date_.empty()) {
      for (const auto& [at, size] : {std::pair{0, 4}, {4, 2}, {6, 2}})
        date_.push_back(
            digits.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(size)));
      f_.hour = std::stoll(digits.substr(8, 2));
      f_.minute = std::stoll(digits.substr(10, 2));
      f_.second = std::stoll(digits.substr(12));
      has_time_ = true;
    } else if ((digits.size() == 6 || digits.size() == 4) && behind_t_ && !has_time_) {
      f_.hour = std::stoll(digits.substr(0, 2));
      f_.minute = std::stoll(digits.substr(2, 2));
      if (digits.size() == 6) f_.second = std::stoll(digits.substr(4));
      if (scan_.accept('.')) f_.micro = scan_.fraction();
      has_time_ = true;
    } else {
      hour_candidate_ = std::stoll(digits.substr(0, 9));
      date_.push_back(digits);
      if (behind_t_ && !has_time_) {
        f_.hour = hour_candidate_;
        date_.pop_back();
        has_time_ = true;
      }
    }
    if (date_.size() > 3) no_date(text_);
  }

  void time(std::int64_t hour) {
    if (has_time_) no_date(text_);
    has_time_ = true;
    f_.hour = hour;
    scan_.take();
    const std::string minute = scan_.digits(2);
    if (minute.empty()) no_date(text_);
    f_.minute = std::stoll(minute);
    if (!scan_.accept(':')) return;
    const std::string second = scan_.digits(2);
    if (second.empty()) no_date(text_);
    f_.second = std::stoll(second);
    if (scan_.accept('.') || scan_.accept(',')) f_.micro = scan_.fraction();
  }

  void word(const std::string& word) {
    const std::string name = lower(word);
    if (name == "t") {
      behind_t_ = true;
    } else if (name == "z" || name == "utc" || name == "gmt") {
      offset_ = 0;
    } else if (name == "am" || name == "pm") {
      if (!has_time_ && !date_.empty()) {
        f_.hour = hour_candidate_;
        date_.pop_back();
        has_time_ = true;
      }
      if (f_.hour > 12) no_date(text_);
      f_.hour = f_.hour % 12 + (name == "pm" ? 12 : 0);
    } else if (const int month = named(word, kMonths); month > 0 && month_ == 0) {
      month_ = month;
    } else if (named(word, kDays) == 0 && name != "st" && name != "nd" && name != "rd" &&
               name != "th" && name != "at" && name != "of" && name != "on" && name != "and") {
      no_date(text_);
    }
  }

  static std::int64_t year_of(const std::string& digits) {
    const std::int64_t year = std::stoll(digits);
    if (digits.size() > 2) return year;
    return year + (year < 77 ? 2000 : 1900);
  }

  DateTime result() {
    if (date_.empty() && month_ == 0 && !has_time_) no_date(text_);
    const Fields today = fields({now_micros(), 0});
    f_.year = today.year, f_.month = today.month, f_.day = today.day;
    if (month_ > 0) {
      f_.month = month_;
      with_named_month();
    } else if (date_.size() == 3) {
      three_numbers();
    } else if (date_.size() == 2) {
      const bool year_first = date_[0].size() > 2;
      f_.month = std::stoll(date_[year_first ? 1 : 0]);
      if (year_first || date_[1].size() > 2)
        f_.year = std::stoll(date_[year_first ? 0 : 1]);
      else
        f_.day = std::stoll(date_[1]);
    } else if (date_.size() == 1) {
      (date_[0].size() > 2 ? f_.year : f_.day) = std::stoll(date_[0].substr(0, 9));
    }
    return make_datetime(f_, offset_);
  }

  void with_named_month() {
    if (date_.size() > 2) no_date(text_);
    for (std::size_t i = 0; i < date_.size(); ++i) {
      const bool year = date_[i].size() > 2 || std::stoll(date_[i]) > 31 || i == 1;
      const bool swapped = i == 1 && date_[0].size() > 2;
      (year && !swapped ? f_.year : f_.day) =
          year && !swapped ? year_of(date_[i]) : std::stoll(date_[i]);
    }
  }

  void three_numbers() {
    if (date_[0].size() > 2) {
      f_.year = std::stoll(date_[0]), f_.month = std::stoll(date_[1]),
      f_.day = std::stoll(date_[2]);
      if (f_.month > 12) std::swap(f_.month, f_.day);
      return;
    }
    f_.month = std::stoll(date_[0]), f_.day = std::stoll(date_[1]), f_.year = year_of(date_[2]);
    if (f_.month > 12) std::swap(f_.month, f_.day);
  }

  std::string_view text_;
  Scanner scan_;
  Fields f_{1970, 1, 1, 0, 0, 0, 0};
  std::vector<std::string> date_;
  int month_ = 0;
  std::int64_t hour_candidate_ = 0;
  std::int64_t offset_ = 0;
  bool has_time_ = false;
  bool behind_t_ = false;
};

/// A date written as a format says.
class ByFormat {
 public:
  ByFormat(std::string_view text, std::string_view format)
      : text_(text), format_(format), scan_(text) {
    f_.year = 1900;
  }

  DateTime run() {
    read(format_);
    if (!scan_.done()) fail();
    if (afternoon_ && !twelve_hours_) afternoon_.reset();
    if (twelve_hours_) f_.hour = f_.hour % 12 + (afternoon_.value_or(false) ? 12 : 0);
    if (day_of_year_ > 0) {
      const DateTime first = make_datetime({f_.year, 1, 1}, 0);
      const Fields day = fields({first.local + (day_of_year_ - 1) * kDay, 0});
      f_.month = day.month, f_.day = day.day;
    }
    return make_datetime(f_, offset_);
  }

 private:
  [[noreturn]] void fail() const {
    throw Failure(Reason::WrongValue, "The date '" + std::string(text_.substr(0, 60)) +
                                          "' is not written as '" + std::string(format_) + "'.");
  }

  void read(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
      const char c = format[i];
      if (std::isspace(static_cast<unsigned char>(c))) {
        while (std::isspace(static_cast<unsigned char>(scan_.peek()))) scan_.take();
      } else if (c != '%') {
        if (!scan_.accept(c)) fail();
      } else if (++i < format.size()) {
        directive(format[i]);
      } else {
        fail();
      }
    }
  }

  std::int64_t number(std::size_t most) {
    const std::string digits = scan_.digits(most);
    if (digits.empty()) fail();
    return std::stoll(digits);
  }

  void directive(char letter) {
    switch (letter) {
      case 'Y':
        f_.year = number(4);
        break;
      case 'y':
        f_.year = number(2);
        f_.year += f_.year < 69 ? 2000 : 1900;
        break;
      case 'm':
        f_.month = number(2);
        break;
      case 'd':
        f_.day = number(2);
        break;
      case 'I':
        twelve_hours_ = true;
        f_.hour = number(2);
        break;
      case 'H':
        f_.hour = number(2);
        break;
      case 'M':
        f_.minute = number(2);
        break;
      case 'S':
        f_.second = number(2);
        break;
      case 'f':
        f_.micro = scan_.fraction();
        break;
      case 'j':
        day_of_year_ = number(3);
        break;
      case 'T':
        read("%H:%M:%S");
        break;
      case 'D':
        read("%m/%d/%y");
        break;
      case '%':
        if (!scan_.accept('%')) fail();
        break;
      default:
        name(letter);
    }
  }

  void name(char letter) {
    if (letter == 'z') {
      if (scan_.accept('Z')) return;
      const auto offset = scan_.offset();
      if (!offset) fail();
      offset_ = *offset;
      return;
    }
    const std::string word = scan_.letters();
    const std::string low = lower(word);
    bool good = false;
    if (letter == 'b' || letter == 'B') good = (f_.month = named(word, kMonths)) > 0;
    if (letter == 'a' || letter == 'A') good = named(word, kDays) > 0;
    if (letter == 'Z') good = low == "utc" || low == "gmt";
    if (letter == 'p') {
      good = low == "am" || low == "pm";
      afternoon_ = low == "pm";
    }
    if (!good) fail();
  }

  std::string_view text_, format_;
  Scanner scan_;
  Fields f_;
  std::int64_t offset_ = 0;
  std::int64_t day_of_year_ = 0;
  bool twelve_hours_ = false;
  std::optional<bool> afternoon_;
};

}  // namespace

DateTime parse_datetime(std::string_view text) { return FreeForm(text).run(); }

DateTime parse_datetime(std::string_view text, std::string_view format) {
  return ByFormat(text, format).run();
}

}  // namespace heat::yaql
