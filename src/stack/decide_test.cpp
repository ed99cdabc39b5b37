#include "stack/decide.h"

#include <gtest/gtest.h>

namespace heat {
namespace {

using Kind = Decision::Kind;

struct Plain : Behaviour {
  Task<> create(Resource&) override { co_return; }
  Task<> remove(Resource&) override { co_return; }
  std::string replaces(const ResourceType&, const Value&, const Value&,
                       const PropertyChanges& changes) const override {
    if (always) return "each update replaces it";
    const auto size = changes.find("size");
    return size != changes.end() && size->second == Value(0) ? "it can't shrink to nothing" : "";
  }
  bool always = false;
};

ResourceType type_named(std::string name) {
  ResourceType type;
  type.name = std::move(name);
  Schema fixed, free;
  free.update_allowed = true;
  type.properties.members = {{"kind", fixed}, {"size", free}};
  type.behaviour = std::make_shared<Plain>();
  return type;
}

class Decide : public testing::Test {
 protected:
  Decide() {
    row.action = "CREATE";
    row.status = "COMPLETE";
    row.properties = Map{{"kind", "a"}, {"size", 1}};
    row.deletion_policy = "Delete";
  }
  Decision wanting(Value properties, bool healthy = false) {
    const Wanted after{type, std::move(properties), Value(), "Delete"};
    return decide(&row, &type, &after, {healthy});
  }
  ResourceType type = type_named("Test");
  ResourceRow row;
};

TEST_F(Decide, WhatIsNotThereIsCreatedAndWhatIsNotWantedDeleted) {
  const Wanted after{type, Map(), Value(), "Delete"};
  EXPECT_EQ(decide(nullptr, nullptr, &after, {}).kind, Kind::Create);
  EXPECT_EQ(decide(&row, &type, nullptr, {}).kind, Kind::Delete);
  EXPECT_EQ(decide(nullptr, nullptr, nullptr, {}).kind, Kind::Keep);
  row.action = "INIT";
  EXPECT_EQ(wanting(Map()).kind, Kind::Create);
}

TEST_F(Decide, WhatAFailedUpdateMayHaveChangedIsSetAgain) {
  row.action = "UPDATE";
  row.status = "FAILED";
  row.target = Map{{"kind", "a"}, {"size", 2}};
  for (const int size : {1, 2, 3}) {
    const Value after = Map{{"kind", "a"}, {"size", size}};
    const Decision decision = wanting(after, true);
    EXPECT_EQ(decision.kind, Kind::Update) << size;
    EXPECT_EQ(differences(baseline(row, after), after), decision.changes) << size;
  }
}

TEST_F(Decide, SamePropertiesAreKept) {
  EXPECT_EQ(wanting(Map{{"size", 1}, {"kind", "a"}}).kind, Kind::Keep);
}

TEST_F(Decide, WhatEachUpdateReplacesIsReplacedOnceByEach) {
  auto always = std::make_shared<Plain>();
  always->always = true;
  type.behaviour = always;
  EXPECT_EQ(wanting(row.properties).kind, Kind::Replace);
  const Wanted after{type, row.properties, Value(), "Delete"};
  Observed settled;
  settled.settled = true;
  EXPECT_EQ(decide(&row, &type, &after, settled).kind, Kind::Keep);
}

TEST_F(Decide, AnUpdatableChangeIsMadeInPlace) {
  const auto decision = wanting(Map{{"kind", "a"}, {"size", 2}});
  EXPECT_EQ(decision.kind, Kind::Update);
  EXPECT_EQ(decision.changes, (PropertyChanges{{"size", 2}}));
}

TEST_F(Decide, APropertyThatGoesBecomesNull) {
  EXPECT_EQ(wanting(Map{{"kind", "a"}}).changes, (PropertyChanges{{"size", Value()}}));
}

TEST_F(Decide, AFixedPropertyReplaces) {
  const auto decision = wanting(Map{{"kind", "b"}, {"size", 1}});
  EXPECT_EQ(decision.kind, Kind::Replace);
  EXPECT_EQ(decision.why, "property kind can't be changed in place");
}

TEST_F(Decide, TheTypeMayWantAReplacement) {
  EXPECT_EQ(wanting(Map{{"kind", "a"}, {"size", 0}}).why, "it can't shrink to nothing");
}

TEST_F(Decide, AnotherTypeReplaces) {
  const ResourceType other = type_named("Other");
  const Wanted after{other, row.properties, Value(), "Delete"};
  EXPECT_EQ(decide(&row, &type, &after, {}).kind, Kind::Replace);
  EXPECT_EQ(decide(&row, nullptr, &after, {}).kind, Kind::Replace);
}

TEST_F(Decide, UnknownPartsAreDecidedLaterUnlessAKnownOneReplaces) {
  const auto later = wanting(Map{{"kind", "a"}, {"size", List{Value::unknown()}}});
  EXPECT_EQ(later.kind, Kind::Later);
  EXPECT_EQ(later.why, "size");
  EXPECT_EQ(wanting(Map{{"kind", "b"}, {"size", Value::unknown()}}).kind, Kind::Replace);
}

TEST_F(Decide, AFailedResourceIsReplacedUnlessItIsHealthy) {
  row.status = "FAILED";
  EXPECT_EQ(wanting(row.properties).kind, Kind::Replace);
  EXPECT_EQ(wanting(row.properties, true).kind, Kind::Mend);
  EXPECT_EQ(wanting(Map{{"kind", "a"}, {"size", 2}}, true).kind, Kind::Update);
}

TEST_F(Decide, AnUpdateThatFailedHalfwayIsUndoneByAnUpdate) {
  row.action = "UPDATE";
  row.status = "FAILED";
  row.target = Map{{"kind", "a"}, {"size", 2}};
  const auto back = wanting(row.properties, true);
  EXPECT_EQ(back.kind, Kind::Update);
  EXPECT_EQ(back.changes, (PropertyChanges{{"size", 1}}));
}

TEST_F(Decide, WhatWasBeingDeletedIsReplaced) {
  row.action = "DELETE";
  row.status = "FAILED";
  EXPECT_EQ(wanting(row.properties, true).kind, Kind::Replace);
}

TEST_F(Decide, MetadataAloneIsAnUpdateWithoutChanges) {
  row.metadata = Map{{"a", 1}};
  const auto decision = wanting(row.properties);
  EXPECT_EQ(decision.kind, Kind::Update);
  EXPECT_TRUE(decision.changes.empty());
}

}  // namespace
}  // namespace heat
