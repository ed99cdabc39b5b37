#include <gtest/gtest.h>

#include <chrono>

#include "base/error.h"
#include "sim/machine.h"

// Thousands of resources without effects outside cost tens of commits, and time in proportion.

namespace heat {
namespace {

struct Cost {
  int commits;
  double seconds;  // of real time
};

StackRequest flat(int size) {
  Map resources;
  for (int i = 0; i < size; ++i)
    resources.set("r" + std::to_string(i), Map{{"type", "OS::Heat::TestResource"}});
  StackRequest request;
  request.name = "web";
  request.template_source = Map{{"heat_template_version", "2021-04-16"}, {"resources", resources}};
  return request;
}

StackRequest chain(int size) {
  StackRequest request = flat(1);
  Map resources;
  for (int i = 0; i < size; ++i) {
    const Value before =
        i == 0 ? Value("x") : Value(Map{{"get_attr", List{"r" + std::to_string(i - 1), "value"}}});
    resources.set("r" + std::to_string(i),
                  Map{{"type", "OS::Heat::Value"}, {"properties", Map{{"value", before}}}});
  }
  request.template_source = Map{{"heat_template_version", "2021-04-16"}, {"resources", resources}};
  return request;
}

Cost cost_of(const StackRequest& request) {
  EngineSettings settings;
  settings.max_resources_per_stack = -1;
  settings.max_template_size = 100'000'000;
  settings.max_events_per_stack = 1'000'000;
  Machine machine(1, settings);
  const int before = machine.disk().commits();
  const auto start = std::chrono::steady_clock::now();
  machine.wait(machine.engine().create_stack(machine.context(), request));
  EXPECT_TRUE(machine.run_until_idle());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const auto stack = machine.wait(machine.store().stack_named({}, "web"));
  EXPECT_EQ((*stack)->action + "_" + (*stack)->status, "CREATE_COMPLETE");
  return {machine.disk().commits() - before, took.count()};
}

TEST(Scale, FlatStacksCostFewCommits) {
  const Cost small = cost_of(flat(500)), large = cost_of(flat(2000));
  RecordProperty("seconds", std::to_string(large.seconds));
  EXPECT_LT(small.commits, 40);
  EXPECT_LT(large.commits, 60);
  EXPECT_LT(large.seconds, 4 * 4 * small.seconds) << "not linear";
}

std::string list(Machine& machine) {
  std::string text;
  const auto listed = machine.wait(machine.engine().list_stacks(machine.context(), Map()));
  for (const Value& stack : listed->as_list())
    text += stack["stack_name"].as_string() + " " + stack["stack_action"].as_string() + ", ";
  return text;
}

TEST(Scale, AListOfStacksIsOneRead) {
  Machine machine(1);
  for (const char* name : {"a", "b", "c"}) {
    StackRequest request = flat(1);
    request.name = name;
    machine.wait(machine.engine().create_stack(machine.context(), request));
    machine.advance(std::chrono::seconds(1));
  }
  ASSERT_TRUE(machine.run_until_idle());
  const int before = machine.disk().reads();
  EXPECT_EQ(list(machine), "c CREATE, b CREATE, a CREATE, ");
  EXPECT_EQ(machine.disk().reads(), before + 1);
  machine.wait(machine.engine().delete_stack(machine.context(), "b"));
  EXPECT_EQ(list(machine), "c CREATE, b DELETE, a CREATE, ") << "what waits in the inbox counts";
}

TEST(Scale, ChainsGrowLinearly) {
  const Cost small = cost_of(chain(250)), large = cost_of(chain(1000));
  RecordProperty("seconds", std::to_string(large.seconds));
  EXPECT_LT(large.seconds, 4 * 4 * small.seconds) << "not linear";
}

}  // namespace
}  // namespace heat
