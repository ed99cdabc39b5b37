#include "text/yaml_events.h"

#include <algorithm>

#include "base/check.h"
#include "base/utf8.h"

namespace heat {

namespace {

std::size_t byte_of_character(std::string_view text, std::size_t index) {
  std::size_t byte = 0;
  for (std::size_t i = 0; i < index && byte < text.size(); ++i) next_point(text, byte);
  return byte;
}

/// What the scanner said, in words that help.
std::string explain(const yaml_parser_t& parser, std::string_view text) {
  const std::string_view problem = parser.problem ? parser.problem : "the text can't be read";
  if (parser.error == YAML_READER_ERROR)
    return "The text has a character that YAML does not allow (" + std::string(problem) +
           "); remove it or write it as an escape in double quotes.";
  const bool no_token = problem == "found character that cannot start any token";
  const std::size_t byte = byte_of_character(text, parser.problem_mark.index);
  if (problem == "found a tab character that violates indentation" ||
      (no_token && byte < text.size() && text[byte] == '\t'))
    return "A tab stands where YAML wants spaces; indent with spaces.";
  if (no_token && byte < text.size())
    return "A value can't begin with '" + std::string(1, text[byte]) + "'; put it in quotes.";
  if (problem == "mapping values are not allowed in this context")
    return "A ':' makes no sense here; quote the text before it, or check the indentation.";
  std::string message = "The text is no valid YAML: " + std::string(problem);
  if (parser.context) message += ", " + std::string(parser.context);
  return message + ".";
}

/// Where the text in double quotes that `at` lies in ends.
std::size_t end_of_quotes(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

/// libyaml refuses the surrogate pairs that JSON writers make of what lies beyond U+FFFF.
std::string join_surrogate_pairs(std::string_view text) {
  constexpr std::size_t kPair = 12;  // \uD83D\uDE00
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto unit = [&](std::size_t from) -> unsigned long {
      if (text.substr(from, 2) != "\\u") return 0;
      const std::string digits(text.substr(from + 2, 4));
      char* end = nullptr;
      const unsigned long value = std::strtoul(digits.c_str(), &end, 16);
      return digits.size() == 4 && end == digits.c_str() + 4 ? value : 0;
    };
    const unsigned long high = unit(at), low = high ? unit(at + kPair / 2) : 0;
    if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
      append_utf8(out, static_cast<char32_t>(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
      at += kPair;
    } else {
      const std::size_t length = text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
      out.append(text, at, length);
      at += length;
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> mended(std::string_view text, const Stumble& stumble) {
  std::string better(text);
  if (stumble.problem == "found unexpected ':'" && stumble.byte < text.size()) {
    better.insert(stumble.byte + 1, " ");  // {get_attr:[a, b]}
  } else if (stumble.problem == "found unknown directive name") {
    const std::size_t line = text.rfind('\n', stumble.byte) + 1;
    better[line] = '#';
  } else if (stumble.problem == "found invalid Unicode character escape code") {
    // Only there: in a text that is not in double quotes they are no escapes.
    const std::size_t begin = text.rfind('\\', stumble.byte);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(begin, end_of_quotes(text, begin) - begin);
    better.replace(begin, rest.size(), join_surrogate_pairs(rest));
    if (better == text) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return better;
}

YamlEvents::YamlEvents(std::string_view text, const std::string& file) : text_(text), file_(file) {
  check(yaml_parser_initialize(&parser_) == 1, "libyaml has no memory");
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(text.data()),
                               text.size());
}

YamlEvents::~YamlEvents() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

Mark YamlEvents::place(std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
          static_cast<std::uint32_t>(1 + count_points(before.substr(line_begin)))};
}

void YamlEvents::next() {
  yaml_event_delete(&event_);
  if (yaml_parser_parse(&parser_, &event_)) return;
  check(parser_.error != YAML_MEMORY_ERROR, "libyaml has no memory");
  const bool unreadable = parser_.error == YAML_READER_ERROR;
  const Mark mark = unreadable ? place(parser_.problem_offset) : place(parser_.problem_mark);
  Error error(ErrorKind::HTTPBadRequest, explain(parser_, text_));
  error.at({file_, static_cast<int>(mark.line), static_cast<int>(mark.column)});
  throw Stumble{
      std::move(error), parser_.problem ? parser_.problem : "",
      unreadable ? parser_.problem_offset : byte_of_character(text_, parser_.problem_mark.index)};
}

}  // namespace heat
