#include "graph/graph.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "base/check.h"

namespace heat {

Graph::Graph(std::size_t nodes) : needs_(nodes), needed_by_(nodes) {}

std::size_t Graph::add_node() {
  needs_.emplace_back();
  needed_by_.emplace_back();
  return size() - 1;
}

namespace {

/// Keeps `nodes` ascending and free of doubles; false where `node` was there.
bool insert(std::vector<std::size_t>& nodes, std::size_t node) {
  const auto place = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (place != nodes.end() && *place == node) return false;
  nodes.insert(place, node);
  return true;
}

}  // namespace

void Graph::add_edge(std::size_t node, std::size_t needed) {
  check(node < size() && needed < size(), "an edge joins nodes of the graph");
  if (insert(needs_[node], needed)) insert(needed_by_[needed], node);
}

std::optional<std::vector<std::size_t>> Graph::cycle() const {
  enum class State : char { New, OnPath, Done };
  std::vector<State> states(size(), State::New);
  struct Step {
    std::size_t node;
    std::size_t next = 0;
  };
  std::vector<Step> path;  // in place of recursion: a chain may be as long as the graph
  for (std::size_t root = 0; root < size(); ++root) {
    if (states[root] != State::New) continue;
    path.push_back({root});
    states[root] = State::OnPath;
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next == needs_[step.node].size()) {
        states[step.node] = State::Done;
        path.pop_back();
        continue;
      }
      const std::size_t needed = needs_[step.node][step.next++];
      if (states[needed] == State::OnPath) {
        auto from = std::find_if(path.begin(), path.end(),
                                 [&](const Step& each) { return each.node == needed; });
        std::vector<std::size_t> found;
        for (; from != path.end(); ++from) found.push_back(from->node);
        return found;
      }
      if (states[needed] == State::New) {
        states[needed] = State::OnPath;
        path.push_back({needed});
      }
    }
  }
  return std::nullopt;
}

std::vector<std::size_t> Graph::order() const {
  std::vector<std::size_t> missing(size()), sorted;
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < size(); ++node) {
    missing[node] = needs_[node].size();
    if (missing[node] == 0) ready.push(node);
  }
  sorted.reserve(size());
  while (!ready.empty()) {
    sorted.push_back(ready.top());
    ready.pop();
    for (const std::size_t node : needed_by_[sorted.back()])
      if (--missing[node] == 0) ready.push(node);
  }
  check(sorted.size() == size(), "only a graph without cycles has an order");
  return sorted;
}

}  // namespace heat
