#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/error.h"
#include "sim/machine.h"
#include "sim/world.h"

// Stacks of random graphs, changed at random times in random ways, with failures and power cuts.
// In the end every one of them becomes what it was last told to be, and the world holds that only.

namespace heat {
namespace {

class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed), machine_(seed) {
    world_.add_type(machine_.registry());
  }

  void live() {
    create();
    const auto changes = 1 + random_.below(5);
    for (std::uint64_t i = 0; i < changes; ++i) {
      pass_time();
      if (random_.below(6) == 0)
        cancel(random_.below(2) == 0);
      else
        update(random_template(true), random_.below(2) == 0);
    }
    pass_time();
    const Graph wish = random_template(false);
    update(wish, random_.below(2) == 0);
    finish();
    expect(wish);
    machine_.wait(machine_.engine().delete_stack(machine_.context(), "web"));
    pass_time();
    finish();
    EXPECT_TRUE(world_.things.empty()) << world_.things.begin()->first;
    EXPECT_EQ(world_.wrong, "");
  }

 private:
  struct Node {
    std::string name;
    std::string uses;  // another node, or empty
    std::int64_t size;
    bool renamed;
    bool fails;
  };
  using Graph = std::vector<Node>;

  Graph random_template(bool may_fail) {
    Graph graph;
    for (std::uint64_t i = 0; i < 7; ++i) {
      if (random_.below(4) == 0) continue;
      Node node{"n" + std::to_string(i), "", static_cast<std::int64_t>(random_.below(3)),
                random_.below(3) == 0, may_fail && random_.below(12) == 0};
      if (!graph.empty() && random_.below(3) != 0)
        node.uses = graph[random_.below(graph.size())].name;
      graph.push_back(node);
    }
    return graph;
  }

  static StackRequest request(const Graph& graph, bool rollback) {
    Map resources;
    for (const Node& node : graph) {
      Map properties{{"size", node.size}, {"fail", node.fails}};
      if (!node.uses.empty())
        properties.set("name", Map{{"get_resource", node.uses}});
      else
        properties.set("name", node.renamed ? "other" : "one");
      resources.set(node.name, Map{{"type", "Test::Thing"}, {"properties", properties}});
    }
    StackRequest request;
    request.name = "web";
    request.template_source =
        Map{{"heat_template_version", "2021-04-16"}, {"resources", resources}};
    request.args = Map{{"disable_rollback", !rollback}};
    return request;
  }

  void create() {
    machine_.wait(machine_.engine().create_stack(
        machine_.context(), request(random_template(true), random_.below(2) == 0)));
  }
  void update(const Graph& graph, bool rollback) {
    machine_.wait(
        machine_.engine().update_stack(machine_.context(), "web", request(graph, rollback)));
  }
  void cancel(bool rollback) {
    try {
      machine_.wait(machine_.engine().stack_cancel_update(machine_.context(), "web", rollback));
    } catch (const Error&) {
      // There is no update to be cancelled just now.
    }
  }

  /// Some seconds, in which the power may go; or until nothing is left to do.
  void pass_time() {
    const auto what = random_.below(4);
    if (what == 0) return finish();
    machine_.advance(std::chrono::milliseconds(random_.below(20'000)));
    if (what == 1) machine_.boot();
  }
  void finish() {
    EXPECT_TRUE(machine_.run_until_idle());
    const auto stacks = machine_.wait(machine_.store().stacks({}));
    for (const StackRow& stack : *stacks) {
      const auto rows = machine_.wait(machine_.store().resources(stack.id));
      for (const ResourceRow& row : *rows)
        EXPECT_NE(row.status, "IN_PROGRESS") << row.name << " in a stack that has ended";
    }
  }

  void expect(const Graph& wish) {
    const auto stack = machine_.wait(machine_.store().stack_named({}, "web"));
    EXPECT_EQ((*stack)->status, "COMPLETE") << (*stack)->status_reason;
    const auto rows = machine_.wait(machine_.store().resources((*stack)->id));
    EXPECT_EQ(rows->size(), wish.size());
    EXPECT_EQ(world_.things.size(), wish.size());
    EXPECT_EQ(world_.wrong, "");
    std::map<std::string, std::string> ids;
    for (const ResourceRow& row : *rows) ids[row.name] = row.physical_id;
    for (const Node& node : wish) {
      const auto thing = world_.things.find(ids[node.name]);
      ASSERT_NE(thing, world_.things.end()) << node.name;
      EXPECT_EQ(thing->second.size, node.size);
      const std::string plain = node.renamed ? "other" : "one";
      EXPECT_EQ(thing->second.uses, node.uses.empty() ? plain : ids[node.uses]);
    }
    const auto events = machine_.wait(machine_.store().events((*stack)->id));
    std::int64_t last = 0;
    for (const EventRow& event : *events) EXPECT_EQ(event.sequence, ++last);
  }

  SeededRandom random_;
  World world_;
  Machine machine_;
};

/// How many lives: HEAT_SIM_LIVES, else some.
std::uint64_t lives() {
  const char* given = std::getenv("HEAT_SIM_LIVES");
  return given == nullptr ? 100 : std::strtoull(given, nullptr, 10);
}

TEST(Model, EveryStackBecomesWhatItWasToldLast) {
  for (std::uint64_t seed = 1; seed <= lives(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Life(seed).live();
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace heat
