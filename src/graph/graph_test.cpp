#include "graph/graph.h"

#include <gtest/gtest.h>

namespace heat {
namespace {

using Nodes = std::vector<std::size_t>;

TEST(Graph, OrdersByNeedAndThenByNumber) {
  Graph graph(5);
  graph.add_edge(0, 3);
  graph.add_edge(3, 4);
  graph.add_edge(0, 3);
  EXPECT_EQ(graph.order(), (Nodes{1, 2, 4, 3, 0}));
  EXPECT_EQ(graph.needs(0), (Nodes{3}));
  EXPECT_EQ(graph.needed_by(3), (Nodes{0}));
  EXPECT_EQ(graph.cycle(), std::nullopt);
}

TEST(Graph, NeighboursAreAscending) {
  Graph graph;
  for (int i = 0; i < 4; ++i) graph.add_node();
  for (const std::size_t needed : {3U, 1U, 2U}) graph.add_edge(0, needed);
  EXPECT_EQ(graph.needs(0), (Nodes{1, 2, 3}));
}

TEST(Graph, ShowsACycleInTheOrderOfNeed) {
  Graph graph(6);
  graph.add_edge(0, 1);
  graph.add_edge(1, 4);
  graph.add_edge(4, 2);
  graph.add_edge(2, 1);
  graph.add_edge(2, 5);
  EXPECT_EQ(graph.cycle(), (Nodes{1, 4, 2}));
}

TEST(Graph, ANodeThatNeedsItselfIsACycle) {
  Graph graph(2);
  graph.add_edge(1, 1);
  EXPECT_EQ(graph.cycle(), (Nodes{1}));
}

TEST(Graph, ALongChainTakesNoStack) {
  constexpr std::size_t kNodes = 300'000;
  Graph graph(kNodes);
  for (std::size_t i = 0; i + 1 < kNodes; ++i) graph.add_edge(i, i + 1);
  EXPECT_EQ(graph.order().front(), kNodes - 1);
  EXPECT_EQ(graph.cycle(), std::nullopt);
  graph.add_edge(kNodes - 1, 0);
  EXPECT_EQ(graph.cycle()->size(), kNodes);
}

TEST(Graph, Empty) {
  EXPECT_TRUE(Graph().order().empty());
  EXPECT_EQ(Graph().cycle(), std::nullopt);
}

}  // namespace
}  // namespace heat
