#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace heat {

/// A dependency graph over nodes numbered 0 … n-1. An edge says that `node` needs `needed` first.
/// Pure; every answer is in ascending node order where the graph leaves a choice.
class Graph {
 public:
  explicit Graph(std::size_t nodes = 0);

  std::size_t size() const noexcept { return needs_.size(); }
  std::size_t add_node();
  void add_edge(std::size_t node, std::size_t needed);  ///< twice is once

  const std::vector<std::size_t>& needs(std::size_t node) const { return needs_[node]; }
  const std::vector<std::size_t>& needed_by(std::size_t node) const { return needed_by_[node]; }

  /// The nodes of one cycle in order (a needs b needs … needs a), or nothing.
  std::optional<std::vector<std::size_t>> cycle() const;
  /// Every node after all it needs. Only for a graph without cycles.
  std::vector<std::size_t> order() const;

 private:
  std::vector<std::vector<std::size_t>> needs_, needed_by_;
};

}  // namespace heat
