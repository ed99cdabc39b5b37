#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "template/expression.h"

namespace heat {

struct Function;

/// One part of a compiled snippet: a literal, which may be a list or map without calls; a list with
/// its items; a map with its values, in the order of its keys; or a call of a function with its
/// argument as the only item. The arguments of calls are kept in parts, literal or not. A part is
/// known to those in it, and so stays where it was made.
struct Expression::Node {
  enum class Kind : std::uint8_t { Literal, List, Map, Call };

  struct Snippet {
    Value written;
    Path place;  ///< in the template
  };

  Node() = default;
  Node(Node&&) = delete;

  Kind kind = Kind::Literal;
  bool constant = true;            ///< without calls: its value is `source`
  const Value* written = nullptr;  ///< the whole snippet keeps it
  std::vector<Node> items;
  const Function* function = nullptr;  ///< of a call; null where it may not be called
  std::string problem;  ///< why a call can't be evaluated whatever the scope says; else empty
  const Node* whole = nullptr;         ///< what it is a part of; null: this is all of it
  std::unique_ptr<const Snippet> all;  ///< … and this is it

  bool is_call() const { return kind == Kind::Call; }
  /// As it was written.
  const Value& source() const { return *written; }
  const Node& argument() const { return items.front(); }
  /// The key of a map's item, or what a call calls, as it is written.
  const std::string& key(std::size_t item = 0) const {
    return source().as_map().at_index(item).key;
  }
  /// The value under a map's key, or null.
  const Node* member(std::string_view key) const;
  /// Where it stands in the template.
  Path path() const;
  /// The same, with what it calls.
  Path call_path() const;
};

}  // namespace heat
