#include "text/json_reader.h"

#include <limits>

#include "base/utf8.h"
#include "text/scalar.h"

namespace heat {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class JsonReader {
 public:
  JsonReader(std::string_view text, const std::string& file, const ReadLimits& limits,
             MarkTree* marks)
      : text_(text), file_(file), limits_(limits), marks_(marks) {}

  Value read() {
    if (!is_utf8(text_)) fail("The text is not UTF-8.");
    skip_space();
    Mark mark = here();
    Value root = read_value(mark, 0);
    skip_space();
    if (at_ < text_.size()) fail("Something follows the end of the JSON value; remove it.");
    if (marks_) marks_->set_root(mark);
    return root;
  }

 private:
  std::string_view text_;
  const std::string& file_;
  const ReadLimits& limits_;
  MarkTree* marks_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  std::uint32_t line_ = 1;
  std::size_t counted_ = 0;  // up to here column_ is counted
  std::uint32_t column_ = 1;

  /// The place of `at_`. It only ever moves on, so counting characters stays linear.
  Mark here() {
    column_ += static_cast<std::uint32_t>(count_points(text_.substr(counted_, at_ - counted_)));
    counted_ = at_;
    return {line_, column_};
  }

  [[noreturn]] void fail(std::string message) {
    const Mark mark = here();
    throw Error(ErrorKind::HTTPBadRequest, std::move(message))
        .at({file_, static_cast<int>(mark.line), static_cast<int>(mark.column)});
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  void skip_space() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        counted_ = at_ + 1;
        column_ = 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  Value read_value(Mark& mark, std::size_t depth) {
    if (++nodes_ > limits_.nodes) fail("The text has more parts than can be read.");
    if (depth >= limits_.depth && (peek() == '{' || peek() == '['))
      fail("The text is nested deeper than " + std::to_string(limits_.depth) + " levels.");
    switch (peek()) {
      case '{':
        return read_map(mark, depth);
      case '[':
        return read_list(mark, depth);
      case '"':
        return Value(read_string());
      default:
        return read_word();
    }
  }

  Value read_word() {
    using Limits = std::numeric_limits<double>;
    if (take("true")) return Value(true);
    if (take("false")) return Value(false);
    if (take("null")) return Value();
    if (take("NaN")) return Value(Limits::quiet_NaN());
    if (take("Infinity")) return Value(Limits::infinity());
    if (take("-Infinity")) return Value(-Limits::infinity());
    return read_number();
  }

  void skip_digits() {
    if (!is_digit(peek())) fail("A JSON value must stand here.");
    while (is_digit(peek())) ++at_;
  }

  Value read_number() {
    const std::size_t begin = at_;
    take('-');
    if (!take('0')) skip_digits();
    const std::size_t whole = at_ - begin;
    bool integer = true;
    if (peek() == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      integer = false;
      ++at_;
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      integer = false;
      ++at_;
      take('+') || take('-');
      skip_digits();
    }
    const std::string_view number = text_.substr(begin, at_ - begin);
    if (!integer) return Value(parse_double(number));
    if (whole > kMostDigits) fail("The number has too many digits.");
    return Value::integer(number);
  }

  Value read_list(Mark& mark, std::size_t depth) {
    ++at_;
    List list;
    const std::size_t opened = marks_ ? marks_->open() : 0;
    skip_space();
    if (!take(']')) {
      do {
        skip_space();
        Mark item = here_if_wanted();
        list.push_back(read_value(item, depth + 1));
        if (marks_) marks_->set(opened, list.size() - 1, item);
        skip_space();
      } while (take(','));
      if (!take(']')) fail("A list goes on with ',' or ends with ']'.");
    }
    if (marks_) marks_->close(opened, mark);
    return Value(std::move(list));
  }

  Value read_map(Mark& mark, std::size_t depth) {
    ++at_;
    Map map;
    const std::size_t opened = marks_ ? marks_->open() : 0;
    skip_space();
    if (!take('}')) {
      do {
        skip_space();
        Mark member = here_if_wanted();
        if (peek() != '"') fail("A key in double quotes must stand here.");
        std::string key = read_string();
        skip_space();
        if (!take(':')) fail("After a key stands ':'.");
        skip_space();
        Value value = read_value(member, depth + 1);
        const std::size_t place = map.set(std::move(key), std::move(value));
        if (marks_) marks_->set(opened, place, member);
        skip_space();
      } while (take(','));
      if (!take('}')) fail("A map goes on with ',' or ends with '}'.");
    }
    if (marks_) marks_->close(opened, mark);
    return Value(std::move(map));
  }

  Mark here_if_wanted() { return marks_ ? here() : Mark{}; }

  std::string read_string() {
    ++at_;
    std::string out;
    while (true) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20)
        ++at_;
      out.append(text_, begin, at_ - begin);
      if (take('"')) return out;
      if (!take('\\'))
        fail(at_ < text_.size() ? "A control character in a string must be written as \\uXXXX."
                                : "A string lacks its closing quote.");
      read_escape(out);
    }
  }

  void read_escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    const char name = peek();
    if (const std::size_t known = kNames.find(name); known != std::string_view::npos) {
      out += kMeanings[known];
      ++at_;
      return;
    }
    if (!take('u')) fail("No such escape in a string.");
    char32_t point = read_unit();
    if (point >= 0xd800 && point < 0xdc00) {
      if (!take("\\u")) fail("Half a surrogate pair stands alone.");
      const char32_t low = read_unit();
      if (low < 0xdc00 || low >= 0xe000) fail("Half a surrogate pair stands alone.");
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    } else if (point >= 0xdc00 && point < 0xe000) {
      fail("Half a surrogate pair stands alone.");
    }
    append_utf8(out, point);
  }

  char32_t read_unit() {
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      const int digit = is_digit(c)            ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) fail("\\u needs four hexadecimal digits.");
      unit = unit * 16 + static_cast<char32_t>(digit);
    }
    return unit;
  }
};

}  // namespace

Value read_json(std::string_view text, const std::string& file, const ReadLimits& limits,
                MarkTree* marks) {
  return JsonReader(text, file, limits, marks).read();
}

}  // namespace heat
