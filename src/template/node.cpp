#include "template/node.h"

#include <algorithm>
#include <memory>
#include <type_traits>

namespace heat {

using Node = Expression::Node;

const Node* Node::member(std::string_view key) const {
  if (kind != Kind::Map) return nullptr;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Map::Entry& entry = source().as_map().at_index(i);
    if (entry.key == key && entry.key_kind == Value::Kind::String) return &items[i];
  }
  return nullptr;
}

Path Node::path() const {
  if (!whole) return *place;
  if (whole->is_call()) return whole->call_path();
  Path path = whole->path();
  const auto index = static_cast<std::size_t>(this - whole->items.data());
  path.push_back(whole->kind == Kind::Map ? whole->key(index) : std::to_string(index));
  return path;
}

Path Node::call_path() const {
  Path path = this->path();
  path.push_back(key());
  return path;
}

Snippet::Snippet(Value snippet, Path at) : written(std::move(snippet)), place(std::move(at)) {
  whole.written = &written;
  whole.place = &place;
}

std::span<Node> Snippet::make_parts(std::size_t count) {
  static_assert(std::is_trivially_destructible_v<Node>);  // nobody destroys them
  constexpr std::size_t kFirst = 8;
  if (blocks_.empty() || blocks_.back().size - used_ < count) {
    const std::size_t size = std::max(blocks_.empty() ? kFirst : 2 * blocks_.back().size, count);
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size * sizeof(Node)), size});
    used_ = 0;
  }
  Node* first = reinterpret_cast<Node*>(blocks_.back().memory.get()) + used_;
  std::uninitialized_default_construct_n(first, count);
  used_ += count;
  return {first, count};
}

void Snippet::forget_since(Mark mark) {
  blocks_.resize(mark.blocks);
  used_ = mark.used;
}

}  // namespace heat
