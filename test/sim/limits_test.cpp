#include <gtest/gtest.h>

#include "base/error.h"
#include "sim/machine.h"

// The limits of heat.conf, in a whole engine.

namespace heat {
namespace {

std::string values(int count) {
  std::string text = "heat_template_version: 2021-04-16\nresources:\n";
  for (int i = 0; i < count; ++i)
    text += "  v" + std::to_string(i) + ": {type: OS::Heat::Value, properties: {value: 1}}\n";
  return text;
}

class Limits : public testing::Test {
 protected:
  void boot(const EngineSettings& settings, const yaql::Limits& query = {}) {
    machine_.emplace(1, settings);
    machine_->registry().set_query_limits(query);
  }
  StackIdentity create(const std::string& name, const std::string& text, bool admin = false) {
    StackRequest request;
    request.name = name;
    request.template_source = text;
    Context context = machine_->context();
    context.is_admin = admin;
    const auto made = machine_->wait(machine_->engine().create_stack(context, request));
    EXPECT_TRUE(machine_->run_until_idle());
    return *made;
  }
  std::string refusal(const std::string& name, const std::string& text) {
    try {
      create(name, text);
    } catch (const Error& error) {
      return std::string(error.kind_name());
    }
    return "none";
  }
  std::size_t events(const std::string& id) {
    return machine_->wait(machine_->store().events(id))->size();
  }

  std::optional<Machine> machine_;
};

TEST_F(Limits, EventsAreKeptAsManyAsTold) {
  EngineSettings settings;
  settings.max_events_per_stack = 3;
  boot(settings);
  EXPECT_EQ(events(create("few", values(4)).stack_id), 3u);
  settings.max_events_per_stack = -1;
  boot(settings);
  EXPECT_EQ(events(create("all", values(4)).stack_id), 10u);
}

TEST_F(Limits, ResourcesOfATemplate) {
  EngineSettings settings;
  settings.max_resources_per_stack = 3;
  boot(settings);
  EXPECT_EQ(refusal("three", values(3)), "none");
  EXPECT_EQ(refusal("four", values(4)), "RequestLimitExceeded");
  settings.max_resources_per_stack = -1;
  boot(settings);
  EXPECT_EQ(refusal("many", values(1001)), "none");
}

TEST_F(Limits, StacksOfAProject) {
  EngineSettings settings;
  settings.max_stacks_per_tenant = 1;
  boot(settings);
  EXPECT_EQ(refusal("one", values(1)), "none");
  EXPECT_EQ(refusal("two", values(1)), "RequestLimitExceeded");
  create("third", values(1), true);
}

TEST_F(Limits, Yaql) {
  const std::string text =
      "heat_template_version: 2021-04-16\nresources:\n"
      "  v: {type: OS::Heat::Value, properties: {value: {yaql: {expression: 'range(50).toList()', "
      "data: {}}}}}\n";
  yaql::Limits limits;
  limits.items = 40;
  boot({}, limits);
  EXPECT_NE(refusal("v", text), "none");
  limits.items = 60;
  boot({}, limits);
  EXPECT_EQ(refusal("v", text), "none");
  limits.memory = 100;
  boot({}, limits);
  EXPECT_NE(refusal("v", text), "none");
}

}  // namespace
}  // namespace heat
