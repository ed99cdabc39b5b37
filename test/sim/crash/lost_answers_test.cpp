#include <gtest/gtest.h>

#include <ostream>

#include "sim/crash/lives.h"
#include "sim/crash/trial.h"

// For each resource type: every request with an effect that its creation, its update, the rollback
// of that and its deletion make is lost, or loses its answer, or its engine; and while it looks for
// what became of that, the engine is killed again. Nothing is made twice, nothing is left over, and
// all ends as undisturbed.

namespace heat {

void PrintTo(const Life& life, std::ostream* out) { *out << life.name; }

namespace {

/// What may happen to a request with an effect.
std::vector<Disturbance> losses(const Moment& moment) {
  if (!moment.changes) return {};
  if (moment.after) return {Disturbance()};
  using Fault = TwinFault::Kind;
  return {{}, TwinFault{Fault::LostAnswer}, TwinFault{Fault::LostRequest}};
}

/// A service that is at a request still when its asker is gone.
std::vector<Disturbance> late_effects(const Moment& moment) {
  if (moment.after || !moment.request.starts_with("POST")) return {};
  return {TwinFault{.kind = TwinFault::Kind::LateEffect, .delay = std::chrono::seconds(3)}};
}

void expect_undisturbed(const std::vector<Ask>& before, const std::vector<Ask>& asks,
                        const std::string& end, std::size_t workers = 1,
                        const Plan& plan = losses) {
  Trial trial(3, workers);
  trial.prepare(before);
  const auto outcome = trial.run(asks, {sampled(3, plan), sampled(13, killed_soon)});
  EXPECT_NE(outcome.calm.find(end), std::string::npos) << outcome.calm;
  EXPECT_FALSE(outcome.disturbed.empty());
  for (const auto& [disturbance, seen] : outcome.disturbed)
    if (seen != outcome.calm)
      ADD_FAILURE() << disturbance << "\n" << differences(outcome.calm, seen);
}

class LostAnswers : public testing::TestWithParam<Life> {
 protected:
  const Ask create_{Ask::What::Create, template_of(GetParam().resources), ""};
  const Ask update_{Ask::What::Update, template_of(GetParam().changed), ""};
  const Ask rolled_back_{Ask::What::Update, failing_template_of(GetParam().changed), "", true};
  const Ask removal_{Ask::What::Delete, "", ""};
};

TEST_P(LostAnswers, OfACreation) { expect_undisturbed({}, {create_}, "CREATE_COMPLETE"); }
TEST_P(LostAnswers, OfACreationThatTheCloudIsStillAt) {
  expect_undisturbed({}, {create_}, "CREATE_COMPLETE", 1, late_effects);
}
TEST_P(LostAnswers, OfADeletion) { expect_undisturbed({create_}, {removal_}, "DELETE_COMPLETE"); }

using LostAnswersToChanges = LostAnswers;
TEST_P(LostAnswersToChanges, OfAnUpdate) {
  expect_undisturbed({create_}, {update_}, "UPDATE_COMPLETE");
}

using LostAnswersToReturns = LostAnswers;
TEST_P(LostAnswersToReturns, OfARollback) {
  expect_undisturbed({create_}, {rolled_back_}, "ROLLBACK_COMPLETE");
}

/// Nothing but what Heat remembers tells these from others.
const char* const kAlike = R"(
heat_template_version: 2021-04-16
parameters:
  policy: {type: string, default: Delete}
resources:
  net:
    type: OS::Neutron::Net
    deletion_policy: {get_param: policy}
    properties: {name: same}
  address:
    type: OS::Neutron::FloatingIP
    deletion_policy: {get_param: policy}
    properties: {floating_network: public}
  volume:
    type: OS::Cinder::Volume
    deletion_policy: {get_param: policy}
    properties: {name: same, size: 1}
  server:
    type: OS::Nova::Server
    deletion_policy: {get_param: policy}
    properties: {name: same, image: cirros, flavor: m1.tiny, networks: [{network: private}]}
)";

TEST(LostAnswers, OfStacksThatMakeTheSameAtOnce) {
  const Ask one{.what = Ask::What::Create, .source = kAlike, .stack = "one"};
  Ask two = one;
  two.stack = "two";
  two.after = 0;
  expect_undisturbed({}, {one, two}, "two CREATE_COMPLETE");
}

TEST(LostAnswers, OfWorkersThatMakeTheSameAtOnce) {
  // So many of them that the workers are at it at the same time.
  std::string source = "heat_template_version: 2021-04-16\nresources:\n";
  for (const char* name : {"a", "b", "c", "d", "e"})
    source += "  " + std::string(name) +
              ": {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}\n";
  std::vector<Ask> asks;
  for (const char* name : {"one", "two", "three"})
    asks.push_back({.what = Ask::What::Create, .source = source, .after = 0, .stack = name});
  expect_undisturbed({}, asks, "two CREATE_COMPLETE", 2);
}

TEST(LostAnswers, AreNotFoundInOlderThings) {
  const Ask others{.what = Ask::What::Create,
                   .source = kAlike,
                   .environment = "parameters: {policy: Retain}",
                   .stack = "others"};
  const Ask left_behind{.what = Ask::What::Delete, .stack = "others"};
  const Ask mine{.what = Ask::What::Create, .source = kAlike, .after = 60};
  expect_undisturbed({others, left_behind}, {mine}, "web CREATE_COMPLETE");
}

/// What is done to things that stay, and is to be undone.
const char* const kStaying = R"(
heat_template_version: 2021-04-16
resources:
  router: {type: OS::Neutron::Router, deletion_policy: Retain}
  net: {type: OS::Neutron::Net, deletion_policy: Retain}
  subnet:
    type: OS::Neutron::Subnet
    deletion_policy: Retain
    properties: {network: {get_resource: net}, cidr: 10.8.0.0/24}
)";

const char* const kDoneToThem = R"(
  leg:
    type: OS::Neutron::RouterInterface
    properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
  gateway:
    type: OS::Neutron::RouterGateway
    properties: {router_id: {get_resource: router}, network: public}
)";

TEST(LostAnswers, OfWhatIsUndoneBeforeItIsKnown) {
  const std::string staying = kStaying;
  const Ask create{.what = Ask::What::Create, .source = staying};
  const Ask update{.what = Ask::What::Update, .source = staying + kDoneToThem};
  const Ask removal{.what = Ask::What::Delete, .after = 1};
  expect_undisturbed({create}, {update, removal}, "web DELETE_COMPLETE");
}

std::vector<Life> lives_with(bool (*has)(const Life&)) {
  std::vector<Life> some = lives();
  std::erase_if(some, [&](const Life& life) { return !has(life); });
  return some;
}

std::string name_of(const testing::TestParamInfo<Life>& info) { return info.param.name; }

bool changes(const Life& life) { return !life.changed.empty(); }
bool returns(const Life& life) { return changes(life) && life.returns; }

INSTANTIATE_TEST_SUITE_P(Of, LostAnswers, testing::ValuesIn(lives()), name_of);
INSTANTIATE_TEST_SUITE_P(Of, LostAnswersToChanges, testing::ValuesIn(lives_with(changes)), name_of);
INSTANTIATE_TEST_SUITE_P(Of, LostAnswersToReturns, testing::ValuesIn(lives_with(returns)), name_of);

}  // namespace
}  // namespace heat
