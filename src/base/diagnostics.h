#pragma once

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
};

/// Collects the problems of a validation, so that the user sees all of them at once.
class Diagnostics {
 public:
  void add(ErrorKind kind, std::string message, Path path);
  void add(const Error& error);

  bool empty() const noexcept { return found_.empty(); }
  const std::vector<Diagnostic>& all() const noexcept { return found_; }
  std::vector<Diagnostic>& all() noexcept { return found_; }

  /// Throws the first problem as an Error whose message names all of them; nothing where none.
  void raise() const;

 private:
  std::vector<Diagnostic> found_;
};

/// The word of `known` nearest to `wrong` by edits, or empty where none is near enough to suggest.
std::string nearest(std::string_view wrong, const std::vector<std::string>& known);
/// " Did you mean 'X'?" or empty.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

}  // namespace heat
