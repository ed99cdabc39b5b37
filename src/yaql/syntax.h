#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace heat::yaql {

struct Overloads;

/// A part of a parsed expression.
struct Node {
  enum class Kind {
    Constant,
    Keyword,   ///< a bare word: its own text
    Variable,  ///< `name` without the $; $ alone is $1
    Function,  ///< name(parts…)
    Operator,  ///< anything else that calls: + - [] {} …
    Dot,       ///< parts: receiver, what is asked of it
    SafeDot,   ///< ?. of a null receiver is null
    Wrap,      ///< (parts[0])
    Rule,      ///< parts[0] => parts[1]
    Skipped    ///< an empty place between two commas
  };

  Kind kind = Kind::Constant;
  Value value;
  std::string name;
  const Overloads* overloads = nullptr;  ///< what the library has of that name
  std::vector<Node> parts;

  bool is_constant() const { return kind == Kind::Constant || kind == Kind::Keyword; }
};

/// Throws Failure{Syntax} with the place, counted from 0 as the original does.
Node parse(std::string_view text);

}  // namespace heat::yaql
