#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace heat {

/// A regular expression in the language of Python's `re`, as templates write them.
class Pattern {
 public:
  /// Throws Error{InvalidSchemaError} where the text is no pattern.
  explicit Pattern(std::string_view text);

  /// Whether a match that begins at the beginning ends at the end. As in the original only the
  /// first match counts: "a|ab" does not match "ab". Throws Error{StackValidationFailed} where
  /// matching would take too long.
  bool matches(std::string_view value) const;

 private:
  std::string text_;
  std::shared_ptr<const void> code_;
};

/// The same pattern in the language of PCRE2. Throws Error{InvalidSchemaError} where it is
/// seen to be none.
std::string to_pcre(std::string_view text);

/// The pattern for `text`, compiled once a thread and remembered while it is among the last used.
const Pattern& compiled_pattern(const std::string& text);

}  // namespace heat
