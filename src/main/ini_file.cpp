#include "main/ini_file.h"

namespace heat {

namespace {

constexpr std::string_view kBlank = " \t\r\f\v";

std::string_view left_trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(kBlank);
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::string_view right_trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(kBlank);
  return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.front() == text.back();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

class IniReader {
 public:
  explicit IniReader(const std::string& file) : here_{file, 0, 1} {}

  void line(std::string_view line) {
    ++here_.line;
    line = right_trimmed(line);
    if (line.empty()) {
      open_ = false;
    } else if (line.front() == ' ' || line.front() == '\t') {
      if (!open_) fail("The line is indented, but there is no value that it could go on with.");
      entries_.back().value += "\n" + std::string(left_trimmed(line));
    } else if (line.front() == '[') {
      section(line);
    } else if (line.front() == '#' || line.front() == ';') {
      open_ = false;
    } else {
      assignment(line);
    }
  }

  std::vector<IniEntry> take() { return std::move(entries_); }

 private:
  void section(std::string_view line) {
    if (line.back() != ']' || line.size() <= 2)
      fail("A section is written as \"[name]\", on a line of its own.");
    group_ = line.substr(1, line.size() - 2);
    open_ = false;
  }

  void assignment(std::string_view line) {
    const auto sign = line.find_first_of("=:");
    if (sign == std::string_view::npos) fail("Expected \"name = value\".");
    const std::string_view name = right_trimmed(line.substr(0, sign));
    if (name.empty()) fail("There is no name before the \"" + std::string(1, line[sign]) + "\".");
    const std::string_view value = unquoted(left_trimmed(line.substr(sign + 1)));
    entries_.push_back({group_, std::string(name), std::string(value), here_});
    open_ = true;
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorKind::ValueError, message).at(here_);
  }

  std::string group_ = "DEFAULT";
  bool open_ = false;  // the last entry may go on
  Position here_;
  std::vector<IniEntry> entries_;
};

}  // namespace

std::vector<IniEntry> read_ini(std::string_view text, const std::string& file) {
  IniReader reader(file);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.take();
}

}  // namespace heat
