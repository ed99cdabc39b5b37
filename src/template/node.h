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

/// One part of a compiled snippet: a literal, which may be a list or map without calls; a list with
/// its items; a map with its values, in the order of its keys; or a call with what it calls. The
/// arguments of calls are kept in parts, literal or not. `source` is the part as it was written.
struct Expression::Node {
  enum class Kind { Literal, List, Map, Call };
  Kind kind = Kind::Literal;
  bool constant = true;  ///< without calls: its value is `source`
  Value source;
  std::vector<std::shared_ptr<const Node>> items;
  std::unique_ptr<const Call> call;

  bool is_call() const { return kind == Kind::Call; }
  /// The value under a map's key, or null.
  const Node* member(std::string_view key) const {
    if (kind != Kind::Map) return nullptr;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Map::Entry& entry = source.as_map().at_index(i);
      if (entry.key == key && entry.key_kind == Value::Kind::String) return items[i].get();
    }
    return nullptr;
  }
};

}  // namespace heat
