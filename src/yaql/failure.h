#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace heat::yaql {

/// Why an expression failed. Where the original names a mishap of its host language (KeyError,
/// TypeError), so do we.
enum class Reason {
  Syntax,              ///< the text is no expression
  UnknownFunction,     ///< NoFunctionRegisteredException
  UnknownMethod,       ///< NoMethodRegisteredException
  NoMatchingFunction,  ///< the arguments fit no overload
  NoMatchingMethod,
  AmbiguousFunction,  ///< they fit several
  AmbiguousMethod,
  BadKeyword,     ///< MappingTranslationException: the left of => is no name
  TooManyItems,   ///< CollectionTooLargeException
  TooMuchMemory,  ///< MemoryQuotaExceededException
  TooMuchWork,    ///< our own bound on time and depth
  NoItem,         ///< StopIteration: of an empty collection
  NoKey,          ///< KeyError
  NoIndex,        ///< IndexError
  WrongValue,     ///< ValueError
  WrongType,      ///< TypeError
  DivisionByZero,
  Assertion,
  Pattern,  ///< no regular expression, or one that takes too long
};

/// The original's class name: "NoMatchingFunctionException".
std::string_view original_name(Reason reason);

/// A yaql expression that can't be parsed or evaluated.
class Failure : public Error {
 public:
  Failure(Reason reason, std::string message, std::optional<std::size_t> at = {})
      : Error(ErrorKind::ValueError, std::move(message)), reason_(reason), at_(at) {}
  Reason reason() const { return reason_; }
  /// Of Syntax: the byte in the expression.
  std::optional<std::size_t> at() const { return at_; }

 private:
  Reason reason_;
  std::optional<std::size_t> at_;
};

}  // namespace heat::yaql
