#include <gtest/gtest.h>

#include "base/error.h"
#include "sim/machine.h"
#include "sim/world.h"

// What an engine acts with when its caller is gone; kills_test.cpp kills it in between.

namespace heat {
namespace {

class Trusts : public testing::Test {
 protected:
  Trusts() { world_.add_type(machine_.registry()); }

  StackRequest request(std::int64_t size) const {
    StackRequest request;
    request.name = "web";
    request.template_source =
        "heat_template_version: 2021-04-16\nresources:\n  a: {type: "
        "Test::Thing, properties: {size: " +
        std::to_string(size) + "}}\n";
    return request;
  }
  Context of(const std::string& user) const {
    Context context = machine_.context();
    context.user_name = user;
    return context;
  }
  void create(const std::string& user) {
    machine_.wait(machine_.engine().create_stack(of(user), request(1)));
    ASSERT_TRUE(machine_.run_until_idle());
  }
  void update(const std::string& user, std::int64_t size) {
    machine_.wait(machine_.engine().update_stack(of(user), "web", request(size)));
  }
  StackRow stack() {
    StackFilter all;
    all.show_deleted = true;
    return machine_.wait(machine_.store().stacks(all))->front();
  }
  std::string state() {
    const StackRow row = stack();
    return row.action + "_" + row.status + " " + row.status_reason;
  }
  std::vector<CredentialRow> credentials() {
    return *machine_.wait(machine_.store().credentials(stack().id));
  }

  World world_;
  Machine machine_{1, {}, [this](Loop& loop) { return world_.sessions(loop); }};
};

TEST_F(Trusts, TheCallersSecretStaysUntilTheTrustIsMade) {
  machine_.wait(machine_.engine().create_stack(of("ann"), request(1)));
  ASSERT_EQ(credentials().size(), 1u);
  EXPECT_TRUE(world_.trusts.empty());
  ASSERT_TRUE(machine_.run_until_idle());
  ASSERT_EQ(credentials().size(), 1u);
  EXPECT_EQ(credentials()[0].state, "made");
  EXPECT_TRUE(credentials()[0].secret.is_null());
  EXPECT_TRUE(world_.trusts.contains(credentials()[0].trust_id));
}

TEST_F(Trusts, AnUpdatesCallerTakesOver) {
  create("ann");
  const std::string before = credentials()[0].trust_id;
  update("bob", 2);
  ASSERT_TRUE(machine_.run_until_idle());
  ASSERT_EQ(credentials().size(), 1u);
  EXPECT_EQ(credentials()[0].user_name, "bob");
  EXPECT_EQ(stack().credential_id, credentials()[0].id);
  EXPECT_FALSE(world_.trusts.contains(before));
  EXPECT_EQ(world_.trusts.size(), 1u);
}

TEST_F(Trusts, AnUpdateByTheSameUserKeepsTheTrust) {
  create("ann");
  const CredentialRow before = credentials()[0];
  const int effects = world_.effects;
  update("ann", 2);
  ASSERT_EQ(credentials().size(), 2u);
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "UPDATE_COMPLETE Stack UPDATE completed successfully");
  EXPECT_EQ(credentials(), std::vector{before}) << "and the caller's token is gone";
  EXPECT_EQ(stack().credential_id, before.id);
  EXPECT_EQ(world_.effects, effects + 1) << "the update of the thing";
}

TEST_F(Trusts, ATrustThatIsGoneOrLendsOtherRolesIsMadeAnew) {
  create("ann");
  world_.trusts.clear();
  update("ann", 2);
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "UPDATE_COMPLETE Stack UPDATE completed successfully");
  ASSERT_EQ(world_.trusts.size(), 1u);
  EXPECT_EQ(credentials()[0].trust_id, world_.trusts.begin()->first);
  Context more = of("ann");
  more.roles = {"member", "reader"};
  machine_.wait(machine_.engine().update_stack(more, "web", request(3)));
  ASSERT_TRUE(machine_.run_until_idle());
  ASSERT_EQ(world_.trusts.size(), 1u);
  EXPECT_EQ(world_.trusts.begin()->second.roles, Value(List{"member", "reader"}));
  EXPECT_EQ(credentials()[0].trust_id, world_.trusts.begin()->first);
}

TEST_F(Trusts, OfSeveralCallersTheLastKeepsHisOwn) {
  create("ann");
  const CredentialRow before = credentials()[0];
  update("ann", 2);
  machine_.advance(std::chrono::milliseconds(100));  // it is at its thing now
  update("bob", 3);
  machine_.advance(std::chrono::milliseconds(1));
  update("ann", 4);
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(credentials(), std::vector{before});
  EXPECT_EQ(world_.trusts.size(), 1u);
}

TEST_F(Trusts, AStackWhoseTrustIsGoneGoesByThatOfItsDeleter) {
  create("ann");
  world_.trusts.clear();
  const int effects = world_.effects;
  machine_.wait(machine_.engine().delete_stack(of("bob"), "web"));
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "DELETE_COMPLETE Stack DELETE completed successfully");
  EXPECT_EQ(world_.effects, effects + 4) << "a trust made, the old and the new ended, the thing";
  EXPECT_TRUE(credentials().empty());
  EXPECT_TRUE(world_.trusts.empty());
}

TEST_F(Trusts, ADeleterWhoCanLendNothingIsNoHindrance) {
  create("ann");
  world_.refuses_trust_of = "bob";
  machine_.wait(machine_.engine().delete_stack(of("bob"), "web"));
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "DELETE_COMPLETE Stack DELETE completed successfully");
  EXPECT_TRUE(credentials().empty());
  EXPECT_TRUE(world_.trusts.empty());
}

TEST_F(Trusts, AnAdministratorOfAnotherProjectReachesTheStackByIdAndLendsItNothing) {
  create("ann");
  const std::string id = stack().id, trust = credentials()[0].trust_id;
  Context other = of("root");
  other.project_id = "elsewhere";
  EXPECT_THROW(machine_.wait(machine_.engine().update_stack(other, id, request(2))), Error);
  other.is_admin = true;
  EXPECT_THROW(machine_.wait(machine_.engine().update_stack(other, "web", request(2))), Error);
  machine_.wait(machine_.engine().update_stack(other, id, request(2)));
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "UPDATE_COMPLETE Stack UPDATE completed successfully");
  ASSERT_EQ(credentials().size(), 1u);
  EXPECT_EQ(credentials()[0].trust_id, trust);
  EXPECT_TRUE(world_.trusts.contains(trust));
}

TEST_F(Trusts, OfManyUpdatesAtOnceOneRemains) {
  create("ann");
  for (int size = 2; size < 6; ++size) {
    machine_.advance(std::chrono::milliseconds(400));
    update("bob", size);
  }
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "UPDATE_COMPLETE Stack UPDATE completed successfully");
  EXPECT_EQ(credentials().size(), 1u);
  EXPECT_EQ(world_.trusts.size(), 1u);
}

TEST_F(Trusts, AStackThatGetsNoneFailsAndCanBeDeleted) {
  world_.refuses_trust_of = "ann";
  create("ann");
  EXPECT_EQ(state(), "CREATE_FAILED Missing required credential: roles member");
  EXPECT_TRUE(world_.things.empty());
  machine_.wait(machine_.engine().delete_stack(of("ann"), "web"));
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "DELETE_COMPLETE Stack DELETE completed successfully");
  EXPECT_TRUE(credentials().empty());
}

TEST_F(Trusts, AnUpdateThatGetsNoneLeavesTheOneBefore) {
  create("ann");
  world_.refuses_trust_of = "bob";
  update("bob", 2);
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "UPDATE_FAILED Missing required credential: roles member");
  machine_.wait(machine_.engine().delete_stack(of("bob"), "web"));
  ASSERT_TRUE(machine_.run_until_idle());
  EXPECT_EQ(state(), "DELETE_COMPLETE Stack DELETE completed successfully");
  EXPECT_TRUE(credentials().empty());
  EXPECT_TRUE(world_.trusts.empty());
  EXPECT_TRUE(world_.things.empty());
  EXPECT_EQ(world_.wrong, "");
}

}  // namespace
}  // namespace heat
