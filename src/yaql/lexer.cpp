#include "yaql/lexer.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "base/utf8.h"
#include "yaql/failure.h"

namespace heat::yaql {

namespace {

constexpr std::string_view kSymbols[] = {"?.", "=~", "!~", ">=", "<=", "!=", "->", "=>",
                                         ".",  "[",  "{",  "+",  "-",  "*",  "/",  ">",
                                         "<",  "=",  "(",  ")",  "]",  ",",  "}"};
constexpr std::string_view kWordOperators[] = {"mod", "in", "not", "and", "or"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Letters, digits and _; everything beyond ASCII counts as a letter.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> result;
    while (true) {
      while (at_ < text_.size() &&
             std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
        ++at_;
      if (at_ == text_.size()) break;
      const std::size_t begin = at_;
      Token token = next();
      token.at = begin;
      result.push_back(std::move(token));
    }
    result.push_back({Token::Kind::End, {}, "", at_});
    return result;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  [[noreturn]] void illegal() const {
    std::size_t end = at_;
    next_point(text_, end);
    throw Failure(Reason::Syntax,
                  "The character '" + std::string(text_.substr(at_, end - at_)) + "' at position " +
                      std::to_string(at_) + " can't stand there.",
                  at_);
  }

  Token next() {
    const char c = peek();
    if (c == '$') {
      ++at_;
      const std::string name = word();
      return {Token::Kind::Variable, {}, name.empty() ? "1" : name};
    }
    if (is_digit(c)) return number();
    if (is_word(c)) return name();
    if (c == '\'' || c == '"' || c == '`') return string(c);
    for (const std::string_view symbol : kSymbols)
      if (text_.substr(at_).starts_with(symbol)) {
        at_ += symbol.size();
        return {Token::Kind::Symbol, {}, std::string(symbol)};
      }
    illegal();
  }

  std::string word() {
    const std::size_t begin = at_;
    while (is_word(peek())) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  Token number() {
    std::size_t end = at_;
    const auto digits = [&] {
      while (end < text_.size() && is_digit(text_[end])) ++end;
    };
    const auto ends_here = [&] { return end == text_.size() || !is_word(text_[end]); };
    digits();
    const std::size_t whole = end;
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
      ++end;
      digits();
      if (ends_here()) {
        const std::string text(text_.substr(at_, end - at_));
        at_ = end;
        return {Token::Kind::Constant, std::strtod(text.c_str(), nullptr), text};
      }
      end = whole;
    }
    if (!ends_here()) illegal();
    const std::string text(text_.substr(at_, end - at_));
    at_ = end;
    return {Token::Kind::Constant, Value::integer(text), text};
  }

  Token name() {
    const std::size_t begin = at_;
    const std::string text = word();
    if (peek() == '(') {
      ++at_;
      return {Token::Kind::Function, {}, text};
    }
    if (text.starts_with("__")) {
      at_ = begin;
      illegal();
    }
    if (std::ranges::find(kWordOperators, text) != std::end(kWordOperators))
      return {Token::Kind::Symbol, {}, text};
    if (text == "true" || text == "false") return {Token::Kind::Constant, text == "true", text};
    if (text == "null") return {Token::Kind::Constant, {}, text};
    return {Token::Kind::Keyword, text, text};
  }

  Token string(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote) {
      if (text_[end] == '\\' && (end + 1 == text_.size() || text_[end + 1] == '\n')) illegal();
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size()) illegal();
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    std::string text = quote == '`' ? verbatim(inside) : unescaped(inside);
    at_ = end + 1;
    return {Token::Kind::Constant, text, text};
  }

  static std::string verbatim(std::string_view inside) {
    std::string result;
    for (std::size_t i = 0; i < inside.size(); ++i)
      if (!inside.substr(i).starts_with("\\`")) result += inside[i];
    return result;
  }

  std::string unescaped(std::string_view inside) const {
    std::string result;
    for (std::size_t i = 0; i < inside.size();) {
      if (inside[i] != '\\') {
        result += inside[i++];
        continue;
      }
      const std::size_t taken = escape(inside.substr(i), result);
      if (taken == 0) result += inside[i];
      i += taken == 0 ? 1 : taken;
    }
    return result;
  }

  /// Appends what an escape means; 0 where it is none and stays as it is.
  std::size_t escape(std::string_view text, std::string& out) const {
    if (text.size() < 2) return 0;
    const char c = text[1];
    constexpr std::string_view kNames = "\\'\"abfnrtv";
    constexpr std::string_view kMeanings = "\\'\"\a\b\f\n\r\t\v";
    if (const std::size_t known = kNames.find(c); known != std::string_view::npos) {
      out += kMeanings[known];
      return 2;
    }
    if (c >= '0' && c <= '7') {
      std::size_t end = 1;
      while (end < text.size() && end < 4 && text[end] >= '0' && text[end] <= '7') ++end;
      append_point(std::string(text.substr(1, end - 1)), 8, out);
      return end;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0 || text.size() < 2 + digits) return 0;
    append_point(std::string(text.substr(2, digits)), 16, out);
    return 2 + digits;
  }

  void append_point(const std::string& digits, int base, std::string& out) const {
    char* end = nullptr;
    const unsigned long point = std::strtoul(digits.c_str(), &end, base);
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    if (*end != '\0' || point > 0x10ffff || surrogate)
      throw Failure(Reason::Syntax,
                    "The escape of '" + digits + "' in the string at position " +
                        std::to_string(at_) + " is no character.",
                    at_);
    append_utf8(out, static_cast<char32_t>(point));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokens(std::string_view text) { return Lexer(text).run(); }

}  // namespace heat::yaql
