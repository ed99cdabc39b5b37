#pragma once

#include <yaml.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "text/mark_tree.h"

namespace heat {

/// Thrown where the scanner gives up: what to tell the user, unless the text can be mended.
struct Stumble {
  Error error;
  std::string problem;  ///< in libyaml's words
  std::size_t byte;     ///< the place in the text
};

/// `text` with the place at which libyaml stumbled written so that libyaml takes it, too; nothing
/// where it is wrong for the original as well, which falls back from libyaml to PyYAML's own
/// scanner and so takes a little more. Columns behind the place are a few off on its line.
std::optional<std::string> mended(std::string_view text, const Stumble& stumble);

/// What libyaml says of a text, one event after the other.
class YamlEvents {
 public:
  /// Both must outlive this.
  YamlEvents(std::string_view text, const std::string& file);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  /// Throws Stumble.
  void next();
  const yaml_event_t& now() const { return event_; }
  /// Where the present event begins.
  Mark place() const { return place(event_.start_mark); }

 private:
  static Mark place(const yaml_mark_t& mark) {
    return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }
  Mark place(std::size_t offset) const;

  std::string_view text_;
  const std::string& file_;
  yaml_parser_t parser_;
  yaml_event_t event_{};
};

}  // namespace heat
