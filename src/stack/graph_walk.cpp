#include "stack/graph_walk.h"

#include <utility>

#include "async/cancel.h"

namespace heat {

GraphWalk::GraphWalk(Loop& loop, Graph graph, std::size_t limit, Visit visit)
    : graph_(std::move(graph)),
      limit_(limit),
      visit_(std::move(visit)),
      nodes_(graph_.size()),
      left_(graph_.size()),
      progress_(loop),
      tasks_(loop) {
  ready_.reserve(nodes_.size());
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    nodes_[node].unmet = graph_.needs(node).size();
    if (nodes_[node].unmet == 0) ready_.push_back(node);
  }
}

Task<> GraphWalk::run() {
  start_ready();
  co_await tasks_.join();
}

void GraphWalk::start_ready() {
  while (!stopped_ && active_ < limit_ && next_ready_ < ready_.size()) {
    ++active_;
    tasks_.spawn(visit(ready_[next_ready_++]));
  }
}

Task<> GraphWalk::visit(std::size_t node) {
  try {
    if (!stopped_) {
      co_await visit_(node);
      nodes_[node].done = true;
    }
  } catch (...) {
    stopped_ = true;
    --active_;
    progress_.notify();
    throw;
  }
  --active_;
  if (nodes_[node].done) {
    --left_;
    for (const std::size_t waiting : graph_.needed_by(node))
      if (!nodes_[waiting].done && --nodes_[waiting].unmet == 0) ready_.push_back(waiting);
  }
  progress_.notify();
  start_ready();
}

Task<bool> GraphWalk::wait_for(std::size_t node, std::size_t needed,
                               std::vector<std::size_t>& cycle) {
  graph_.add_edge(node, needed);
  if (!nodes_[needed].done) ++nodes_[node].unmet;
  if (const auto found = graph_.cycle()) {
    cycle = *found;
    co_return false;
  }
  --active_;
  start_ready();
  while (!nodes_[needed].done && !stopped_) co_await progress_.wait();
  ++active_;
  if (!nodes_[needed].done) throw Cancelled();
  co_return true;
}

}  // namespace heat
