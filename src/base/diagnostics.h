#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"

namespace heat {

/// One problem that validation found.
struct Diagnostic {
  ErrorKind kind = ErrorKind::StackValidationFailed;
  std::string message;
  Path path;
  std::optional<Position> position;  ///< where there was text

  /// For people: path and message, and below it the line.
  std::string str() const;
};

/// Collects the problems of a validation, so that the user sees all of them at once.
class Diagnostics {
 public:
  void add(ErrorKind kind, std::string message, Path path);
  void add(const Error& error);
  void add(Diagnostic problem) { found_.push_back(std::move(problem)); }
  /// Adds it unless something was found at the same path before: then it says the same again, or
  /// only follows from that.
  void add_further(ErrorKind kind, std::string message, Path path);

  bool empty() const noexcept { return found_.empty(); }
  const std::vector<Diagnostic>& all() const noexcept { return found_; }
  std::vector<Diagnostic>& all() noexcept { return found_; }
  /// Whether one was found at just this path.
  bool at(const Path& path) const;

  /// Leaves out those that say the same of the same place as one before.
  void remove_repeated();
  /// Puts those in front that `before` says come before others. The one that was found first
  /// stays the one that names the whole.
  void arrange(const std::function<bool(const Diagnostic&, const Diagnostic&)>& before);

  /// Throws them as one Error of the kind that was found first, which tells all; nothing where
  /// there are none.
  void raise() const;

 private:
  std::vector<Diagnostic> found_;
  std::size_t first_ = 0;  ///< where the one is that was found first
};

/// The word of `known` nearest to `wrong` by edits, or empty where none is near enough to suggest.
std::string nearest(std::string_view wrong, const std::vector<std::string>& known);
/// " Did you mean 'X'?" or empty.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

}  // namespace heat
