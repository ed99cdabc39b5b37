#include <gtest/gtest.h>

#include "base/error.h"
#include "sim/machine.h"
#include "sim/world.h"
#include "text/write.h"

// The engine is killed at every commit and at every effect on the world, before it and after it.
// After a restart everything must end as it does undisturbed, with no thing twice and none left.

namespace heat {
namespace {

const char* const kBefore = R"(
heat_template_version: 2021-04-16
resources:
  net: {type: Test::Thing, properties: {name: one}}
  port: {type: Test::Thing, properties: {name: {get_resource: net}, size: 2}}
  server: {type: Test::Thing, properties: {size: 3}, depends_on: port}
  text: {type: OS::Heat::Value, properties: {value: {get_attr: [server, size]}}}
outputs:
  text: {value: {get_attr: [text, value]}}
)";

const char* const kAfter = R"(
heat_template_version: 2021-04-16
resources:
  net: {type: Test::Thing, properties: {name: two}}
  port: {type: Test::Thing, properties: {name: {get_resource: net}, size: 4}}
  server: {type: Test::Thing, properties: {size: 5}, depends_on: port}
  more: {type: Test::Thing, depends_on: server}
outputs:
  text: {value: {get_attr: [server, size]}}
)";

const char* const kFailing = R"(
heat_template_version: 2021-04-16
resources:
  net: {type: Test::Thing, properties: {name: two}}
  port: {type: Test::Thing, properties: {name: {get_resource: net}, size: 4}}
  server: {type: Test::Thing, properties: {size: 5}, depends_on: port}
  more: {type: Test::Thing, properties: {fail: true}, depends_on: server}
)";

enum class Act { Create, Update, FailedUpdate, FailedCreate, Delete };

struct Kill {
  enum class At { Commit, Effect } at;
  bool after;
  int number;  ///< counted from the beginning of the act
};

/// One life of a stack, with at most one kill in the act that is tried.
class Trial {
 public:
  Trial(Act act, std::uint64_t seed)
      : act_(act), machine_(seed, {}, [this](Loop& loop) { return world_.sessions(loop); }) {
    world_.add_type(machine_.registry());
    if (act != Act::Create && act != Act::FailedCreate) {
      ask(Act::Create);
      EXPECT_TRUE(machine_.run_until_idle());
    }
  }

  /// False where the kill never came: there is no such commit or effect.
  bool run(std::optional<Kill> kill) {
    first_commit_ = machine_.disk().commits();
    first_effect_ = world_.effects;
    bool killed = false;
    const auto hook = [&](int first, bool& done) {
      return [&, first](int number) {
        if (done || number - first != kill->number) return true;
        done = true;
        machine_.cut_power();
        return false;
      };
    };
    if (kill) {
      const auto place = [&](auto& before, auto& after, int first) {
        (kill->after ? after : before) = hook(first, killed);
      };
      if (kill->at == Kill::At::Commit)
        place(machine_.before_commit, machine_.after_commit, first_commit_);
      else
        place(world_.before_effect, world_.after_effect, first_effect_);
    }
    bool answered = ask(act_);
    for (int tries = 0; tries < 4; ++tries) {
      if (!machine_.running()) machine_.boot();
      if (!answered) answered = ask_again();
      if (machine_.running() && machine_.run_until_idle()) break;
    }
    return killed;
  }

  int commits() { return machine_.disk().commits() - first_commit_; }
  int effects() const { return world_.effects - first_effect_; }

  /// Everything that can be seen in the end.
  std::string seen() {
    std::string text;
    StackFilter all;
    all.show_deleted = true;
    std::size_t claimed = 0;
    const auto stacks = machine_.wait(machine_.store().stacks(all));
    for (const StackRow& row : *stacks) {
      text += row.name + " " + row.action + "_" + row.status + ": " + row.status_reason + "\n";
      std::map<std::string, std::string> resources;
      const auto rows = machine_.wait(machine_.store().resources(row.id));
      for (const ResourceRow& resource : *rows) {
        const auto thing = world_.things.find(resource.physical_id);
        const bool there = thing != world_.things.end();
        claimed += there ? 1 : 0;
        resources[resource.name] += " " + resource.action + "_" + resource.status + " " +
                                    to_json(resource.properties["size"]) +
                                    (there ? " is " + std::to_string(thing->second.size) : "");
        EXPECT_TRUE(machine_.wait(machine_.store().steps(resource.id))->empty() ||
                    resource.status == "FAILED");
      }
      for (const auto& [name, state] : resources) text += name + state + "\n";
      expect_gap_free(row);
    }
    text += std::to_string(world_.things.size()) + " things, " + std::to_string(claimed) +
            " of them known\n";
    std::size_t held = 0;
    for (const StackRow& row : *stacks) {
      const auto credentials = machine_.wait(machine_.store().credentials(row.id));
      for (const CredentialRow& credential : *credentials)
        held += world_.trusts.contains(credential.trust_id) ? 1 : 0;
    }
    text += std::to_string(world_.trusts.size()) + " trusts, " + std::to_string(held) +
            " of them known\n" + world_.wrong;
    return text;
  }

 private:
  bool ask(Act act) {
    StackRequest request;
    request.name = "web";
    request.template_source = act == Act::Create ? kBefore : act == Act::Update ? kAfter : kFailing;
    request.args = Map{{"disable_rollback", act != Act::FailedUpdate && act != Act::FailedCreate}};
    Engine& engine = machine_.engine();
    Context context = machine_.context();
    // One keeps the trust that the stack has, the other brings his own.
    if (act == Act::Update || act == Act::Delete) context.user_name = "bob";
    if (act == Act::Delete) return machine_.wait(engine.delete_stack(context, "web"));
    if (act == Act::Create || act == Act::FailedCreate)
      return machine_.wait(engine.create_stack(context, request)).has_value();
    return machine_.wait(engine.update_stack(context, "web", request)).has_value();
  }
  /// As a client does that got no answer: it looks first.
  bool ask_again() {
    const bool create = act_ == Act::Create || act_ == Act::FailedCreate;
    StackFilter all;
    const auto rows = machine_.wait(machine_.store().stacks(all));
    if (!rows) return false;
    if (create != rows->empty()) return true;
    const auto trees = machine_.wait(machine_.store().unowned_trees(INT64_MAX));
    if (!trees) return false;
    if (!trees->empty()) return true;
    return ask(act_);
  }

  void expect_gap_free(const StackRow& row) {
    std::int64_t last = 0;
    const auto events = machine_.wait(machine_.store().events(row.id));
    for (const EventRow& event : *events) EXPECT_EQ(event.sequence, ++last);
  }

  Act act_;
  World world_;
  Machine machine_;
  int first_commit_ = 0, first_effect_ = 0;
};

class Kills : public testing::TestWithParam<Act> {};

TEST_P(Kills, ChangeNothingInTheEnd) {
  for (const std::uint64_t seed : {1u, 2u}) {
    Trial calm(GetParam(), seed);
    calm.run({});
    const std::string expected = calm.seen();
    if (seed == 1) RecordProperty("end", expected);
    int kills = 0;
    for (const auto at : {Kill::At::Commit, Kill::At::Effect}) {
      const int last = at == Kill::At::Commit ? calm.commits() : calm.effects();
      for (int number = 1; number <= last; ++number) {
        for (const bool after : {false, true}) {
          Trial trial(GetParam(), seed);
          kills += trial.run(Kill{at, after, number}) ? 1 : 0;
          ASSERT_EQ(trial.seen(), expected)
              << (at == Kill::At::Commit ? "commit " : "effect ") << number
              << (after ? " after" : " before") << ", seed " << seed;
        }
      }
    }
    EXPECT_GT(kills, 10);
  }
}

std::string name_of(const testing::TestParamInfo<Act>& info) {
  switch (info.param) {
    case Act::Create:
      return "Create";
    case Act::Update:
      return "Update";
    case Act::FailedUpdate:
      return "FailedUpdate";
    case Act::FailedCreate:
      return "FailedCreate";
    case Act::Delete:
      return "Delete";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(During, Kills,
                         testing::Values(Act::Create, Act::Update, Act::FailedUpdate,
                                         Act::FailedCreate, Act::Delete),
                         name_of);

}  // namespace
}  // namespace heat
