#include "yaql/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "schema/pattern.h"
#include "yaql/failure.h"

namespace heat::yaql {

namespace {

constexpr std::uint32_t kMatchLimit = 300'000;
constexpr std::uint32_t kHeapLimit = 20'000;  // KiB
constexpr std::uint32_t kLongest = 20'000;    // bytes of a pattern

const pcre2_code* code_of(const std::shared_ptr<const void>& code) {
  return static_cast<const pcre2_code*>(code.get());
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<std::string> Regex::Match::group(std::string_view text, std::size_t i) const {
  if (i >= groups.size() || !groups[i]) return std::nullopt;
  return std::string(text.substr(groups[i]->first, groups[i]->second - groups[i]->first));
}

Regex::Regex(std::string pattern, Options options)
    : pattern_(std::move(pattern)), options_(options) {
  const auto fail = [&](const std::string& why) {
    throw Failure(Reason::Pattern,
                  "'" + pattern_.substr(0, 100) + "' is no regular expression: " + why + ".");
  };
  if (pattern_.size() > kLongest) fail("it is too long");
  std::string translated;
  try {
    translated = to_pcre(pattern_);
  } catch (const Error& error) {
    throw Failure(Reason::Pattern, error.message());
  }
  std::uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
  if (options.ignore_case) flags |= PCRE2_CASELESS;
  if (options.multi_line) flags |= PCRE2_MULTILINE;
  if (options.dot_all) flags |= PCRE2_DOTALL;
  int problem = 0;
  std::size_t place = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()),
                                   translated.size(), flags, &problem, &place, nullptr);
  if (!code) {
    unsigned char message[256];
    pcre2_get_error_message(problem, message, sizeof message);
    fail(reinterpret_cast<const char*>(message));
  }
  code_ = std::shared_ptr<const void>(
      code, [](const void* c) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(c))); });
  std::uint32_t count = 0, width = 0;
  PCRE2_SPTR table = nullptr;
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &width);
  pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
  for (std::uint32_t i = 0; i < count; ++i)
    names_.emplace_back(reinterpret_cast<const char*>(table + i * width + 2));
}

std::optional<Regex::Match> Regex::search(std::string_view text, std::size_t from,
                                          bool not_empty_there) const {
  if (from > text.size()) return std::nullopt;
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create_from_pattern(code_of(code_), nullptr), &pcre2_match_data_free);
  const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> context(
      pcre2_match_context_create(nullptr), &pcre2_match_context_free);
  pcre2_set_match_limit(context.get(), kMatchLimit);
  pcre2_set_heap_limit(context.get(), kHeapLimit);
  const int found =
      pcre2_match(code_of(code_), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                  not_empty_there ? PCRE2_NOTEMPTY_ATSTART : 0, data.get(), context.get());
  if (found == PCRE2_ERROR_NOMATCH) return std::nullopt;
  if (found < 0)
    throw Failure(Reason::Pattern, "Matching against '" + pattern_.substr(0, 100) +
                                       "' was given up: it takes too long.");
  const std::size_t* offsets = pcre2_get_ovector_pointer(data.get());
  const std::uint32_t pairs = pcre2_get_ovector_count(data.get());
  Match match;
  for (std::uint32_t i = 0; i < pairs; ++i) {
    match.groups.emplace_back();
    if (offsets[2 * i] != PCRE2_UNSET)
      match.groups.back().emplace(offsets[2 * i], offsets[2 * i + 1]);
  }
  if (match.groups[0]->second < match.groups[0]->first)  // \K in a lookahead
    throw Failure(Reason::Pattern, "A match that ends before it begins is no match.");
  return match;
}

std::optional<Regex::Match> Regex::next(std::string_view text, std::size_t& at,
                                        bool& was_empty) const {
  // As in Python 3.7: behind an empty match, another one at the same place doesn't count.
  std::optional<Match> match = search(text, at, was_empty);
  if (!match) return match;
  was_empty = match->begin() == match->end();
  at = match->end();
  return match;
}

void Regex::each(std::string_view text, std::size_t most,
                 const std::function<void(const Match&)>& found) const {
  std::size_t at = 0;
  bool was_empty = false;
  for (std::size_t i = 0; most == 0 || i < most; ++i) {
    const std::optional<Match> match = next(text, at, was_empty);
    if (!match) return;
    found(*match);
  }
}

std::size_t Regex::group_number(std::string_view name) const {
  const bool number =
      !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
  std::uint32_t count = 0;
  pcre2_pattern_info(code_of(code_), PCRE2_INFO_CAPTURECOUNT, &count);
  const int found =
      number ? std::atoi(std::string(name.substr(0, 4)).c_str())
             : pcre2_substring_number_from_name(
                   code_of(code_), reinterpret_cast<PCRE2_SPTR>(std::string(name).c_str()));
  if (found < 0 || found > static_cast<int>(count))
    throw Failure(Reason::Pattern, "The pattern has no group '" + std::string(name) + "'.");
  return static_cast<std::size_t>(found);
}

std::string Regex::expand(std::string_view replacement, std::string_view text,
                          const Match& match) const {
  std::string result;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '\\' || i + 1 == replacement.size()) {
      result += replacement[i];
      continue;
    }
    const char c = replacement[++i];
    constexpr std::string_view kNames = "abfnrtv\\";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\";
    if (c == 'g' && replacement.substr(i + 1).starts_with('<')) {
      const std::size_t close = replacement.find('>', i);
      if (close == std::string_view::npos)
        throw Failure(Reason::Pattern, "A '\\g<' of the replacement has no end.");
      const std::size_t group = group_number(replacement.substr(i + 2, close - i - 2));
      result += match.group(text, group).value_or("");
      i = close;
    } else if (is_digit(c) && c != '0') {
      std::size_t digits = i + 1 < replacement.size() && is_digit(replacement[i + 1]) ? 2 : 1;
      result += match.group(text, group_number(replacement.substr(i, digits))).value_or("");
      i += digits - 1;
    } else if (const auto known = kNames.find(c); known != std::string_view::npos) {
      result += kMeanings[known];
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      throw Failure(Reason::Pattern, std::string("The replacement has an unknown escape \\") + c);
    } else {
      (result += '\\') += c;
    }
  }
  return result;
}

std::string escape_regex(std::string_view text) {
  constexpr std::string_view kSpecial = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";
  std::string result;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

}  // namespace heat::yaql
