#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heat::yaql {

/// A regular expression in the language of Python's `re`. Matching is bounded.
class Regex {
 public:
  struct Options {
    bool ignore_case = false;
    bool multi_line = false;
    bool dot_all = false;
    bool operator==(const Options&) const = default;
  };

  /// Bytes in the text; the whole first, then each group.
  struct Match {
    std::vector<std::optional<std::pair<std::size_t, std::size_t>>> groups;
    std::size_t begin() const { return groups[0]->first; }
    std::size_t end() const { return groups[0]->second; }
    std::optional<std::string> group(std::string_view text, std::size_t i) const;
  };

  /// Throws Failure{Pattern}.
  explicit Regex(std::string pattern) : Regex(std::move(pattern), Options{}) {}
  Regex(std::string pattern, Options options);

  /// The first match at or behind `from`. Throws Failure{Pattern} where it takes too long.
  std::optional<Match> search(std::string_view text, std::size_t from = 0,
                              bool not_empty_there = false) const;
  /// Calls for every match, at most `most` times where that is not 0.
  void each(std::string_view text, std::size_t most,
            const std::function<void(const Match&)>& found) const;
  /// One match after the other: `at` is where to look and `was_empty` whether the last one was;
  /// both begin as 0 and are kept by the caller.
  std::optional<Match> next(std::string_view text, std::size_t& at, bool& was_empty) const;
  /// A replacement's \1, \g<name> and escapes, filled in.
  std::string expand(std::string_view replacement, std::string_view text, const Match& match) const;
  const std::vector<std::string>& names() const { return names_; }  ///< of named groups

  bool operator==(const Regex& other) const {
    return pattern_ == other.pattern_ && options_ == other.options_;
  }

 private:
  std::size_t group_number(std::string_view name) const;

  std::string pattern_;
  Options options_;
  std::shared_ptr<const void> code_;
  std::vector<std::string> names_;
};

std::string escape_regex(std::string_view text);

}  // namespace heat::yaql
