#pragma once

#include <memory>
#include <string>
#include <vector>

#include "template/expression.h"

namespace heat {

struct Function;

/// A call of a function in a template.
struct Call {
  const Function* function = nullptr;
  std::shared_ptr<const Expression::Node> argument;
  Path path;            ///< of the call, its name included
  std::string problem;  ///< why it can't be evaluated whatever the scope says; else empty
};

/// One part of a compiled snippet. A list keeps its items; a map its values, and their keys beside
/// them; a call what it calls. `source` is the part as it was written.
struct Expression::Node {
  enum class Kind { Literal, List, Map, Call };
  struct Key {
    std::string text;
    Value::Kind kind;
  };

  Kind kind = Kind::Literal;
  bool constant = true;  ///< without calls: its value is `source`
  Value source;
  std::vector<std::shared_ptr<const Node>> items;
  std::vector<Key> keys;
  std::unique_ptr<const Call> call;

  bool is_call() const { return kind == Kind::Call; }
  /// The value under a map's key, or null.
  const Node* member(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (keys[i].text == key && keys[i].kind == Value::Kind::String) return items[i].get();
    return nullptr;
  }
};

}  // namespace heat
