#include "store/store.h"

#include <gtest/gtest.h>

#include "async/virtual_loop.h"
#include "base/error.h"
#include "store/memory_store.h"

namespace heat {
namespace {

StackRow a_stack(const std::string& id, const std::string& name,
                 const std::string& project = "blue") {
  StackRow row;
  row.id = row.root_id = id;
  row.project_id = project;
  row.name = name;
  row.action = "CREATE";
  row.status = "COMPLETE";
  return row;
}

TreeRow a_tree(const std::string& root, const std::string& owner, std::int64_t epoch,
               std::int64_t lease_until = 0) {
  return {root, owner, epoch, lease_until, 1};
}

class StoreTest : public testing::Test {
 protected:
  CommitResult commit(Changes changes) {
    return sync_wait(loop_, store_->commit(std::move(changes)));
  }
  template <class T>
  T get(Task<T> task) {
    return sync_wait(loop_, std::move(task));
  }
  CommitResult insert(AnyRow row) { return commit(Changes().insert(std::move(row))); }

  std::vector<std::string> names(const StackFilter& filter) {
    std::vector<std::string> names;
    for (const StackRow& row : get(store_->stacks(filter))) names.push_back(row.name);
    return names;
  }

  VirtualLoop loop_;
  MemoryStore memory_;
  std::unique_ptr<Store> store_ = memory_.for_loop(loop_);
};

using Names = std::vector<std::string>;

TEST_F(StoreTest, AStackAndItsInboxAreOneRead) {
  Changes changes;
  for (const char* id : {"a", "b"}) changes.insert(a_stack(id, id));
  InboxRow message;
  message.root_id = message.stack_id = "b";
  for (const char* id : {"m1", "m2"}) {
    message.id = id;
    changes.insert(message);
  }
  ASSERT_EQ(commit(changes), CommitResult::Done);
  const int before = memory_.reads();
  const auto found = get(store_->stacks_and_inboxes({.sort_keys = {"name"}, .ascending = true}));
  EXPECT_EQ(memory_.reads(), before + 1);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].row.name, "a");
  EXPECT_TRUE(found[0].inbox.empty());
  ASSERT_EQ(found[1].inbox.size(), 2u);
  EXPECT_EQ(found[1].inbox[0].id, "m1");
  EXPECT_EQ(found[1].inbox[1].id, "m2");
}

TEST_F(StoreTest, KeepsEveryColumn) {
  const Value map(Map{{"key", List{1, "two", 3.5, nullptr}}});
  const DefinitionRow definition{"d", "heat_template_version: 2021-04-16", map, map, map};
  const StackRow stack{"s",       "r",   "p", "nested", "blue", "web", false, "UPDATE",
                       "FAILED",  "it",  "d", "d0",     "c",    "ann", "sup", map,
                       List{"a"}, false, 7,   1000,     2000,   3000,  4000,  0};
  const ResourceRow resource{"r1",     "s",        "db", "OS::Heat::Value",
                             "CREATE", "COMPLETE", "ok", "phy",
                             "d",      "r0",       "r2", {"a", "b"},
                             map,      map,        map,  map,
                             map,      "Retain",   5,    6,
                             0,        "My::Value"};
  const StepRow step{"r1", "server", true, map, 9, 7};
  const EventRow event{"e", "s", "r", 3, "db", "r1", "phy", "T", "CREATE", "FAILED", "no", map, 11};
  const CredentialRow credential{"c",  "trust",    "u", "ann", "blue", "t", "tr",
                                 "R1", "http://k", map, "r",   "made", 7};
  Changes changes;
  changes.insert(definition).insert(stack).insert(resource).insert(step).insert(event);
  changes.insert(credential).insert(a_tree("r", "w", 4, 5));
  ASSERT_EQ(commit(changes), CommitResult::Done);

  EXPECT_EQ(get(store_->definition("d")), definition);
  EXPECT_EQ(get(store_->stack({}, "s")), stack);
  EXPECT_EQ(get(store_->resources("s")), std::vector{resource});
  EXPECT_EQ(get(store_->steps("r1")), std::vector{step});
  EXPECT_EQ(get(store_->stack_steps("s")), std::vector{step});
  EXPECT_TRUE(get(store_->is_claimed("phy", "r2")));
  EXPECT_FALSE(get(store_->is_claimed("phy", "r1")));
  EXPECT_FALSE(get(store_->is_claimed("other", "r2")));
  EXPECT_EQ(get(store_->events("s")), std::vector{event});
  EXPECT_EQ(get(store_->credential("c")), credential);
  EXPECT_EQ(get(store_->credentials("r")), std::vector{credential});
  EXPECT_EQ(get(store_->tree("r")), a_tree("r", "w", 4, 5));
  EXPECT_EQ(get(store_->definition("other")), std::nullopt);
}

TEST_F(StoreTest, CountsVersionsAndRefusesStaleWrites) {
  ASSERT_EQ(insert(a_stack("s", "web")), CommitResult::Done);
  StackRow mine = *get(store_->stack({}, "s"));
  const StackRow theirs = mine;
  mine.status = "FAILED";
  EXPECT_EQ(commit(Changes().update(mine)), CommitResult::Done);
  EXPECT_EQ(get(store_->stack({}, "s"))->version, 1);
  EXPECT_EQ(commit(Changes().update(theirs)), CommitResult::Stale);
  EXPECT_EQ(get(store_->stack({}, "s"))->status, "FAILED");
  EXPECT_EQ(commit(Changes().update(a_stack("unknown", "x"))), CommitResult::Stale);
  EXPECT_EQ(insert(a_stack("s", "other name")), CommitResult::Stale);
}

TEST_F(StoreTest, RefusesAllOrNothing) {
  ASSERT_EQ(insert(a_stack("s", "web")), CommitResult::Done);
  Changes changes;
  changes.insert(a_stack("t", "db")).insert(a_stack("u", "web"));
  EXPECT_EQ(commit(changes), CommitResult::NameTaken);
  EXPECT_EQ(get(store_->stack({}, "t")), std::nullopt);
}

TEST_F(StoreTest, KeepsLiveNamesUniqueInAProject) {
  ASSERT_EQ(insert(a_stack("s", "web")), CommitResult::Done);
  EXPECT_EQ(insert(a_stack("t", "web")), CommitResult::NameTaken);
  EXPECT_EQ(insert(a_stack("t", "Web")), CommitResult::Done);
  EXPECT_EQ(insert(a_stack("u", "web", "red")), CommitResult::Done);
  StackRow nested = a_stack("n", "web");
  nested.root_id = nested.parent_id = "s";
  EXPECT_EQ(insert(nested), CommitResult::Done);

  StackRow deleted = *get(store_->stack({}, "s"));
  deleted.live = false;
  EXPECT_EQ(commit(Changes().update(deleted)), CommitResult::Done);
  EXPECT_EQ(get(store_->stack_named("blue", "web")), std::nullopt);
  EXPECT_EQ(insert(a_stack("v", "web")), CommitResult::Done);
  EXPECT_EQ(get(store_->stack_named("blue", "web"))->id, "v");
  EXPECT_EQ(get(store_->stack_named("red", "web"))->id, "u");

  StackRow revived = *get(store_->stack({}, "s"));
  revived.live = true;
  EXPECT_EQ(commit(Changes().update(revived)), CommitResult::NameTaken);
}

TEST_F(StoreTest, HidesStacksOfOtherProjects) {
  ASSERT_EQ(insert(a_stack("s", "web")), CommitResult::Done);
  EXPECT_EQ(get(store_->stack("red", "s")), std::nullopt);
  EXPECT_EQ(get(store_->stack("blue", "s"))->name, "web");
  EXPECT_EQ(get(store_->stack_named("red", "web")), std::nullopt);
  EXPECT_EQ(names({.project_id = "red"}), Names{});
  EXPECT_EQ(names({.project_id = "blue"}), Names{"web"});
  EXPECT_EQ(get(store_->count_stacks({.project_id = "red"})), 0);
  EXPECT_EQ(get(store_->count_stacks({})), 1);
}

TEST_F(StoreTest, GivesATreeToOneOwner) {
  ASSERT_EQ(insert(a_tree("r", "", 0)), CommitResult::Done);
  EXPECT_EQ(commit(Changes().claim(a_tree("r", "one", 1, 100), 50)), CommitResult::Done);
  EXPECT_EQ(commit(Changes().claim(a_tree("r", "two", 1, 100), 50)), CommitResult::NotOwner);
  EXPECT_EQ(commit(Changes().claim(a_tree("r", "two", 2, 100), 99)), CommitResult::NotOwner);
  EXPECT_EQ(commit(Changes().update(a_tree("r", "one", 1, 200))), CommitResult::Done);
  EXPECT_EQ(commit(Changes().claim(a_tree("r", "two", 2, 300), 150)), CommitResult::NotOwner);
  EXPECT_EQ(commit(Changes().claim(a_tree("r", "two", 2, 300), 200)), CommitResult::Done);

  Changes late;
  late.ownership = {"r", 1};
  late.insert(a_stack("s", "web"));
  EXPECT_EQ(commit(late), CommitResult::NotOwner);
  EXPECT_EQ(commit(Changes().update(a_tree("r", "one", 1, 900))), CommitResult::NotOwner);
  EXPECT_EQ(get(store_->stack({}, "s")), std::nullopt);
  late.ownership->epoch = 2;
  EXPECT_EQ(commit(late), CommitResult::Done);
}

TEST_F(StoreTest, FindsTreesThatWaitForAnOwner) {
  StackRow busy = a_stack("busy", "a");
  busy.status = "IN_PROGRESS";
  Changes changes;
  changes.insert(busy).insert(a_stack("idle", "b")).insert(a_stack("asked", "c"));
  changes.insert(a_tree("busy", "w", 1, 100)).insert(a_tree("idle", "", 0));
  changes.insert(a_tree("asked", "", 0))
      .insert(InboxRow{"i", "asked", "asked", "update", {}, 0, 0});
  ASSERT_EQ(commit(changes), CommitResult::Done);
  const auto roots = [&](std::int64_t now) {
    Names roots;
    for (const TreeRow& tree : get(store_->unowned_trees(now))) roots.push_back(tree.root_id);
    return roots;
  };
  EXPECT_EQ(roots(99), Names{"asked"});
  EXPECT_EQ(roots(100), (Names{"asked", "busy"}));
}

TEST_F(StoreTest, AProjectsLimitHoldsForTwoWhoCreateAtOnce) {
  const auto create = [&](const std::string& name) {
    Changes changes;
    changes.insert(a_stack(name, name));
    changes.stack_limit = Changes::StackLimit{a_stack(name, name).project_id, 2};
    return commit(changes);
  };
  EXPECT_EQ(create("a"), CommitResult::Done);
  EXPECT_EQ(create("b"), CommitResult::Done);
  EXPECT_EQ(create("c"), CommitResult::OverLimit);
  EXPECT_EQ(get(store_->stack({}, "c")), std::nullopt);
}

TEST_F(StoreTest, WhatADeadOwnerHeldIsFreeAtOnce) {
  ASSERT_EQ(commit(Changes().insert(a_tree("r", "w", 4, 100)).insert(a_tree("other", "v", 1, 100))),
            CommitResult::Done);
  EXPECT_EQ(get(store_->tree_owners()), (Names{"v", "w"}));
  sync_wait(loop_, store_->release_trees("w"));
  EXPECT_EQ(get(store_->tree("r")), a_tree("r", "", 4, 0));
  EXPECT_EQ(get(store_->tree("other")), a_tree("other", "v", 1, 100));
}

TEST_F(StoreTest, NumbersTheInboxForGood) {
  const auto row = [](const std::string& id) { return InboxRow{id, "r", "r", "signal", id, 0, 0}; };
  ASSERT_EQ(commit(Changes().insert(row("b")).insert(row("a"))), CommitResult::Done);
  std::vector<InboxRow> inbox = get(store_->inbox("r"));
  ASSERT_EQ(inbox.size(), 2u);
  EXPECT_EQ(inbox[0].id, "b");
  EXPECT_EQ(inbox[1].content, Value("a"));
  ASSERT_EQ(commit(Changes().erase(inbox[0]).erase(inbox[1])), CommitResult::Done);
  ASSERT_EQ(insert(row("c")), CommitResult::Done);
  EXPECT_GT(get(store_->inbox("r")).at(0).sequence, inbox[1].sequence);
}

TEST_F(StoreTest, RefusesAnEventNumberTwiceAndTrimsOldOnes) {
  const auto event = [](std::int64_t sequence) {
    EventRow row;
    row.id = "e" + std::to_string(sequence);
    row.stack_id = row.root_id = "r";
    row.sequence = sequence;
    return row;
  };
  for (int i = 1; i <= 10; ++i) ASSERT_EQ(insert(event(i)), CommitResult::Done);
  EventRow again = event(10);
  again.id = "other";
  EXPECT_EQ(insert(again), CommitResult::Stale);
  get(store_->trim_events("r", 3));
  const std::vector<EventRow> events = get(store_->events("r"));
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events.front().sequence, 8);
}

TEST_F(StoreTest, ErasesSteps) {
  ASSERT_EQ(commit(Changes()
                       .insert(StepRow{"r", "a", false, {}, 1})
                       .insert(StepRow{"r", "b", false, {}, 2})
                       .insert(StepRow{"q", "a", false, {}, 3})),
            CommitResult::Done);
  EXPECT_EQ(commit(Changes().update(StepRow{"r", "a", true, "done", 1})), CommitResult::Done);
  EXPECT_EQ(get(store_->steps("r")).at(0).result, Value("done"));
  EXPECT_EQ(commit(Changes().erase_steps("r")), CommitResult::Done);
  EXPECT_TRUE(get(store_->steps("r")).empty());
  EXPECT_EQ(get(store_->steps("q")).size(), 1u);
}

TEST_F(StoreTest, TellsWhichOfAlikeStepsComesFirst) {
  const auto resource = [](const std::string& stack, const std::string& id, const char* status) {
    ResourceRow row;
    row.id = id;
    row.stack_id = stack;
    row.status = status;
    return row;
  };
  const auto step = [](const std::string& id, std::int64_t looks) {
    return StepRow{id, "create", false, {}, 0, looks};
  };
  const auto waits = [this](const std::string& id) {
    return get(store_->is_preceded(id, "create"));
  };
  ASSERT_EQ(commit(Changes()
                       .insert(resource("z", "first", "IN_PROGRESS"))
                       .insert(resource("z", "sibling", "IN_PROGRESS"))
                       .insert(resource("a", "second", "IN_PROGRESS"))
                       .insert(resource("b", "failed", "FAILED"))
                       .insert(resource("c", "other", "IN_PROGRESS"))
                       .insert(step("failed", 7))
                       .insert(step("first", 7))
                       .insert(step("sibling", 7))
                       .insert(step("second", 7))
                       .insert(step("other", 8))),
            CommitResult::Done);
  EXPECT_FALSE(waits("first"));
  EXPECT_FALSE(waits("sibling"));
  EXPECT_FALSE(waits("other"));
  EXPECT_TRUE(waits("second"));
  EXPECT_TRUE(waits("failed"));

  StepRow done = step("first", 7);
  done.done = true;
  ASSERT_EQ(commit(Changes().update(done).erase_steps("sibling")), CommitResult::Done);
  EXPECT_FALSE(waits("second"));
  EXPECT_TRUE(waits("failed"));
}

TEST_F(StoreTest, ListsStacksInPages) {
  for (int i = 0; i < 5; ++i) {
    StackRow row = a_stack("s" + std::to_string(i), std::string(1, static_cast<char>('e' - i)));
    row.created_at = i / 2;  // some are equal
    row.tags = i % 2 ? Value(List{"odd", "all"}) : Value(List{"all"});
    ASSERT_EQ(insert(row), CommitResult::Done);
  }
  EXPECT_EQ(names({}), (Names{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(names({.limit = 2}), (Names{"a", "b"}));
  EXPECT_EQ(names({.marker = "s3", .limit = 2}), (Names{"c", "d"}));
  EXPECT_EQ(names({.marker = "s1"}), Names{"e"});
  EXPECT_EQ(names({.marker = "s2", .sort_keys = {"name"}, .ascending = true}), (Names{"d", "e"}));
  EXPECT_EQ(names({.sort_keys = {"created_at", "name"}}), (Names{"a", "c", "b", "e", "d"}));
  EXPECT_EQ(names({.marker = "s3", .sort_keys = {"created_at", "name"}}), (Names{"e", "d"}));
  EXPECT_EQ(names({.tags = {"odd"}, .limit = 1}), Names{"b"});
  EXPECT_EQ(names({.names = {"c", "e", "no"}}), (Names{"c", "e"}));
  EXPECT_EQ(names({.statuses = {"FAILED"}}), Names{});
  EXPECT_EQ(get(store_->count_stacks({.tags = {"odd", "all"}})), 2);
  EXPECT_THROW(names({.sort_keys = {"name; DROP TABLE stack"}}), Error);
}

TEST_F(StoreTest, PurgesWhatWasDeletedWithAllItHad) {
  const Value source("heat_template_version: 2021-04-16");
  for (const std::string id : {"old", "new"}) {
    StackRow row = a_stack(id, "web");
    row.live = false;
    row.deleted_at = id == "old" ? 10 : 20;
    row.definition_id = "d-" + id;
    row.credential_id = "c-" + id;
    Changes changes;
    changes.insert(row).insert(a_tree(id, "", 0));
    changes.insert(DefinitionRow{row.definition_id, source, {}, {}, {}});
    CredentialRow credential;
    credential.id = row.credential_id;
    ResourceRow resource;
    resource.id = "r-" + id;
    resource.stack_id = id;
    changes.insert(credential).insert(resource);
    changes.insert(StepRow{"r-" + id, "a", false, {}, 1});
    ASSERT_EQ(commit(changes), CommitResult::Done);
  }
  ASSERT_EQ(insert(DefinitionRow{"d-next", source, {}, {}, {}}), CommitResult::Done);

  EXPECT_EQ(get(store_->purge(15)), 1);
  EXPECT_EQ(get(store_->stack({}, "old")), std::nullopt);
  EXPECT_EQ(get(store_->definition("d-old")), std::nullopt);
  EXPECT_EQ(get(store_->credential("c-old")), std::nullopt);
  EXPECT_EQ(get(store_->tree("old")), std::nullopt);
  EXPECT_TRUE(get(store_->resources("old")).empty());
  EXPECT_TRUE(get(store_->steps("r-old")).empty());
  EXPECT_EQ(get(store_->definition("d-new"))->template_source, source);
  EXPECT_EQ(get(store_->definition("d-next"))->template_source, source);
  EXPECT_EQ(get(store_->resources("new")).size(), 1u);
  EXPECT_EQ(get(store_->purge(15)), 0);
}

Task<> commit_in_turn(Store& store, std::vector<StackRow> rows, int& done) {
  for (StackRow& row : rows) {
    co_await store.commit(Changes().insert(std::move(row)));
    ++done;
  }
}

// The power fails around the second of three commits; what was acknowledged is there afterwards.
TEST_F(StoreTest, LosesNothingAcknowledgedWhenThePowerFails) {
  for (const bool durable : {false, true}) {
    MemoryStore machine;
    VirtualLoop first;
    const auto cut = [&first](int commit) {
      if (commit == 2) first.drop();
      return commit != 2;
    };
    (durable ? machine.after_commit : machine.before_commit) = cut;
    int done = 0;
    {
      const std::unique_ptr<Store> store = machine.for_loop(first);
      TaskGroup group(first);
      group.spawn(
          commit_in_turn(*store, {a_stack("1", "a"), a_stack("2", "b"), a_stack("3", "c")}, done));
      first.run();
    }
    EXPECT_EQ(done, 1);
    EXPECT_EQ(machine.commits(), 2);
    VirtualLoop second;
    const std::unique_ptr<Store> store = machine.for_loop(second);
    EXPECT_TRUE(sync_wait(second, store->stack({}, "1")));
    EXPECT_EQ(sync_wait(second, store->stack({}, "2")).has_value(), durable);
    EXPECT_FALSE(sync_wait(second, store->stack({}, "3")));
  }
}

}  // namespace
}  // namespace heat
