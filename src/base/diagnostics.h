#pragma once

#include <concepts>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"

namespace heat {

/// How far the original is with a stack when it meets a problem. It goes no further, so of all that
/// we find, what it would have met first gives the whole its name.
enum class Stage {
  Schemas,            ///< how parameters are declared
  Environments,       ///< what is given beside the template, merged
  Sections,           ///< which sections there are, and that each resource has a type
  Given,              ///< names of parameters that are given
  Values,             ///< of parameters, defaults included
  Definitions,        ///< groups, conditions, parts of resources, calls of functions
  Conditions,         ///< whether resources exist
  Types,              ///< of those that do
  Needs,              ///< which resources each one needs
  OutputDefinitions,  ///< parts of outputs, calls of functions
  Circles,            ///< of resources that need each other
  Contents,           ///< what resources say
  Outputs,            ///< what outputs say
};

/// One problem that validation found.
struct Diagnostic {
  ErrorKind kind = ErrorKind::StackValidationFailed;
  std::string message;
  Path path;
  std::optional<Position> position = {};  ///< where there was text
  Stage stage = Stage::Contents;
  std::size_t turn = 0;  ///< its place in the order in which they were found

  /// For people: path and message, and below it the line.
  std::string str() const;
};

/// Collects the problems of a validation, so that the user sees all of them at once. Of more than a
/// thousand, which nobody reads, those are kept that the original would meet first.
class Diagnostics {
 public:
  static constexpr std::size_t kMost = 1000;

  /// What is added from now on is of that stage.
  void enter(Stage stage) { stage_ = stage; }
  void add(ErrorKind kind, std::string message, Path path);
  void add(const Error& error);
  void add(Diagnostic problem);
  /// Adds it unless something was found at the same path before: then it says the same again, or
  /// only follows from that.
  void add_further(ErrorKind kind, std::string message, Path path);
  void add_further(Diagnostic problem);

  bool empty() const noexcept { return found_.empty(); }
  /// How many were added so far, kept or not.
  std::size_t added() const noexcept { return turns_; }
  const std::vector<Diagnostic>& all() const noexcept { return found_; }
  std::vector<Diagnostic>& all() noexcept { return found_; }
  /// Whether one was found at just this path.
  bool at(const Path& path) const;

  /// Leaves out those that say the same of the same place as one before.
  void remove_repeated();
  /// Puts those in front that `before` says come before others.
  void arrange(const std::function<bool(const Diagnostic&, const Diagnostic&)>& before);

  /// Throws them as one Error, which tells all, of the kind of that of the earliest stage; of
  /// several, of the one found first. Nothing where there are none.
  void raise() const;

 private:
  std::vector<Diagnostic> found_;
  Stage stage_ = Stage::Contents;
  std::size_t turns_ = 0;
  bool more_ = false;  ///< than are kept
};

/// The word of `known` nearest to `wrong` by edits, or empty where none is near enough to suggest.
std::string nearest(std::string_view wrong, const std::vector<std::string>& known);
/// " Did you mean 'X'?" or empty.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

/// While one lives, words are suggested on its thread only until some hundred thousand have been
/// compared: a template may be wrong in thousands of places, with thousands of names to compare.
class SuggestionLimit {
 public:
  SuggestionLimit();
  ~SuggestionLimit();
  SuggestionLimit(const SuggestionLimit&) = delete;
  /// Whether there is still something to spend.
  static bool allows();

 private:
  std::size_t before_;
};

/// The same with names that are put together only where they are compared.
template <class Names>
  requires std::invocable<Names>
std::string did_you_mean(std::string_view wrong, Names names) {
  return SuggestionLimit::allows() ? did_you_mean(wrong, names()) : std::string();
}

}  // namespace heat
