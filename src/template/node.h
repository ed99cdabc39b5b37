#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/expression.h"

namespace heat {

struct Function;

/// One part of a compiled snippet: a literal, which may be a list or map without calls; a list with
/// its items; a map with its values, in the order of its keys; or a call of a function with its
/// argument as the only item. The arguments of calls are kept in parts, literal or not. What it
/// points to is the snippet's.
struct Expression::Node {
  enum class Kind : std::uint8_t { Literal, List, Map, Call };

  Kind kind = Kind::Literal;
  bool constant = true;  ///< without calls: its value is `source`
  const Value* written = nullptr;
  std::span<Node> items;
  const Function* function = nullptr;    ///< of a call; null where it may not be called
  const std::string* problem = nullptr;  ///< why a call fails whatever the scope says; else null
  const Node* whole = nullptr;           ///< what it is a part of; null: it is all of the snippet
  const Path* place = nullptr;           ///< of all of the snippet in the template

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

/// A compiled snippet: its parts lie side by side, and go with it.
class Snippet {
 public:
  Snippet(Value snippet, Path at);
  Snippet(const Snippet&) = delete;

  /// Parts that stand together.
  std::span<Expression::Node> make_parts(std::size_t count);
  /// How many parts there are; those made since then can be forgotten.
  struct Mark {
    std::size_t blocks, used;
  };
  Mark mark() const { return {blocks_.size(), used_}; }
  void forget_since(Mark mark);

  const Value written;
  const Path place;
  std::forward_list<std::string> problems;
  Expression::Node whole;

 private:
  struct Block {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size = 0;  ///< in parts
  };
  std::vector<Block> blocks_;
  std::size_t used_ = 0;  ///< of the last block
};

}  // namespace heat
