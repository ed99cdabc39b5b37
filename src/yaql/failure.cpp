#include "yaql/failure.h"

namespace heat::yaql {

std::string_view original_name(Reason reason) {
  switch (reason) {
    case Reason::Syntax:
      return "ValueError";
    case Reason::UnknownFunction:
      return "NoFunctionRegisteredException";
    case Reason::UnknownMethod:
      return "NoMethodRegisteredException";
    case Reason::NoMatchingFunction:
      return "NoMatchingFunctionException";
    case Reason::NoMatchingMethod:
      return "NoMatchingMethodException";
    case Reason::AmbiguousFunction:
      return "AmbiguousFunctionException";
    case Reason::AmbiguousMethod:
      return "AmbiguousMethodException";
    case Reason::BadKeyword:
      return "MappingTranslationException";
    case Reason::TooManyItems:
      return "CollectionTooLargeException";
    case Reason::TooMuchMemory:
      return "MemoryQuotaExceededException";
    case Reason::TooMuchWork:
      return "RecursionError";
    case Reason::NoItem:
      return "StopIteration";
    case Reason::NoKey:
      return "KeyError";
    case Reason::NoIndex:
      return "IndexError";
    case Reason::WrongValue:
      return "ValueError";
    case Reason::WrongType:
      return "TypeError";
    case Reason::DivisionByZero:
      return "ZeroDivisionError";
    case Reason::Assertion:
      return "AssertionError";
    case Reason::Pattern:
      return "error";
  }
  return "";
}

}  // namespace heat::yaql
