#pragma once

#include <functional>
#include <vector>

#include "async/task_group.h"
#include "graph/graph.h"

namespace heat {

/// Visits every node of a graph, each as soon as all it needs is done, many side by side. Knows
/// nothing of what a visit does. A visit that throws stops the walk: what runs ends, nothing new
/// starts.
class GraphWalk {
 public:
  using Visit = std::function<Task<>(std::size_t node)>;
  /// At most `limit` visits at a time. `visit` makes the task of one node.
  GraphWalk(Loop& loop, Graph graph, std::size_t limit, Visit visit);

  /// Completes when nothing runs any more. Throws what the first failing visit threw.
  Task<> run();
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }
  const Graph& graph() const { return graph_; }
  bool done(std::size_t node) const { return nodes_[node].done; }
  bool all_done() const { return left_ == 0; }

  /// For a node that finds out, while it is visited, that it needs another one: waits without
  /// counting as running. False where that would never end: the need makes a cycle, which then
  /// stands in `cycle`. Throws Cancelled where the walk stops before.
  Task<bool> wait_for(std::size_t node, std::size_t needed, std::vector<std::size_t>& cycle);

 private:
  struct Node {
    std::size_t unmet = 0;
    bool done = false;
  };
  Task<> visit(std::size_t node);
  void start_ready();

  Graph graph_;
  std::size_t limit_;
  Visit visit_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> ready_;  // in the order they became so; taken from next_ready_
  std::size_t next_ready_ = 0;
  std::size_t active_ = 0;
  std::size_t left_;
  bool stopped_ = false;
  Signal progress_;
  TaskGroup tasks_;
};

}  // namespace heat
