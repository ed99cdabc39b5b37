#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace heat::yaql {

struct Token {
  enum class Kind {
    Constant,
    Keyword,
    Variable,
    Function,  ///< a name with the parenthesis behind it
    Symbol,    ///< operators, brackets, commas and =>
    End
  };
  Kind kind = Kind::End;
  Value value;
  std::string text;
  std::size_t at = 0;  ///< byte in the expression

  bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
};

/// Throws Failure{Syntax}.
std::vector<Token> tokens(std::string_view text);

}  // namespace heat::yaql
