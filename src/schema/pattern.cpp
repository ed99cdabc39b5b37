#include "schema/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <map>

#include "base/error.h"

namespace heat {

namespace {

constexpr std::uint32_t kMatchLimit = 1'000'000;  // about a tenth of a second
constexpr std::uint32_t kHeapLimit = 20'000;      // KiB
constexpr std::size_t kRemembered = 256;

[[noreturn]] void bad_pattern(std::string_view text, std::string_view why) {
  throw Error(ErrorKind::InvalidSchemaError, "The pattern '" + std::string(text) +
                                                 "' is no regular expression: " + std::string(why));
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Writes what Python reads otherwise than PCRE2 in PCRE2's way: \Z, \uXXXX, {,n}, '[' in a class.
class Translation {
 public:
  explicit Translation(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\')
        escape();
      else if (in_class_)
        class_member(c);
      else
        outside(c);
    }
    return std::move(result_);
  }

 private:
  void copy(std::size_t characters) {
    result_ += text_.substr(at_, characters);
    at_ += characters;
  }

  void escape() {
    if (at_ + 1 == text_.size()) bad_pattern(text_, "it ends with a backslash");
    const char c = text_[at_ + 1];
    if (c == 'u') return code_point(4);
    if (c == 'U') return code_point(8);
    if (c == 'Z' && !in_class_) {
      result_ += "\\z";
      at_ += 2;
      return;
    }
    constexpr std::string_view kKnown = "AbBdDsSwWnrtafvx0123456789";
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && kKnown.find(c) == std::string_view::npos)
      bad_pattern(text_, std::string("unknown escape \\") + c);
    copy(2);
  }

  void code_point(std::size_t digits) {
    const std::string_view hex = text_.substr(at_ + 2, digits);
    if (hex.size() != digits || !is_hex(hex)) bad_pattern(text_, "incomplete \\u escape");
    result_ += "\\x{" + std::string(hex) + "}";
    at_ += 2 + digits;
  }

  void class_member(char c) {
    if (c == '[') {
      result_ += "\\[";
      ++at_;
      return;
    }
    if (c == ']') in_class_ = false;
    copy(1);
  }

  void outside(char c) {
    if (c == '[') {
      in_class_ = true;
      copy(text_.substr(at_ + 1).starts_with('^') ? 2 : 1);
      if (at_ < text_.size() && text_[at_] == ']') {
        result_ += "\\]";
        ++at_;
      }
      return;
    }
    if (c == '{' && text_.substr(at_ + 1).starts_with(',')) {
      const std::size_t close = text_.find('}', at_);
      const std::string_view most =
          close == std::string_view::npos ? "" : text_.substr(at_ + 2, close - at_ - 2);
      if (!most.empty() && most.find_first_not_of("0123456789") == std::string_view::npos) {
        result_ += "{0";
        ++at_;
        return;
      }
    }
    copy(1);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool in_class_ = false;
  std::string result_;
};

}  // namespace

std::string to_pcre(std::string_view text) { return Translation(text).run(); }

Pattern::Pattern(std::string_view text) : text_(text) {
  const std::string translated = to_pcre(text);
  int problem = 0;
  std::size_t place = 0;
  pcre2_code* code = pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
      PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_NEVER_BACKSLASH_C, &problem, &place, nullptr);
  if (!code) {
    unsigned char message[256];
    pcre2_get_error_message(problem, message, sizeof message);
    bad_pattern(text, reinterpret_cast<const char*>(message));
  }
  code_ = std::shared_ptr<const void>(
      code, [](const void* c) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(c))); });
}

bool Pattern::matches(std::string_view value) const {
  const auto* code = static_cast<const pcre2_code*>(code_.get());
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create_from_pattern(code, nullptr), &pcre2_match_data_free);
  const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> context(
      pcre2_match_context_create(nullptr), &pcre2_match_context_free);
  pcre2_set_match_limit(context.get(), kMatchLimit);
  pcre2_set_heap_limit(context.get(), kHeapLimit);
  const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(value.data()), value.size(), 0,
                                0, data.get(), context.get());
  if (found == PCRE2_ERROR_NOMATCH) return false;
  if (found < 0)
    throw Error(ErrorKind::StackValidationFailed,
                "Matching against the pattern '" + text_ +
                    "' was given up: it takes too long. Write a simpler pattern.");
  return pcre2_get_ovector_pointer(data.get())[1] == value.size();
}

const Pattern& compiled_pattern(const std::string& text) {
  thread_local std::map<std::string, Pattern> known;
  const auto found = known.find(text);
  if (found != known.end()) return found->second;
  if (known.size() >= kRemembered) known.clear();
  return known.emplace(text, Pattern(text)).first->second;
}

}  // namespace heat
