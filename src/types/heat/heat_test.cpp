#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "async/virtual_loop.h"
#include "base/error.h"
#include "resource/memory_journal.h"
#include "types/heat/behaviours.h"
#include "types/types.h"

namespace heat {
namespace {

std::shared_ptr<const ResourceType> type_named(const std::string& name) {
  static const Registry registry = [] {
    Registry made;
    register_types(made);
    return made;
  }();
  return registry.find(name);
}

/// One resource of a type, as an action sees it.
class OneResource {
 public:
  OneResource(const std::string& type, Map properties) : type_(type_named(type)) {
    row_.id = "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60";
    row_.name = "a";
    stack_.name = "s";
    want(std::move(properties));
  }

  /// What the resource is to become, with the defaults of its type; gives what changes.
  PropertyChanges want(Map properties) {
    row_.properties = row_.target;
    Schema schema;
    schema.type = Type::Map;
    for (const auto& [name, property] : type_->properties.members)
      schema.members.push_back({name, property});
    Diagnostics problems;
    row_.target = convert(schema, Value(std::move(properties)), {}, problems);
    problems.raise();
    PropertyChanges changes;
    for (const auto& entry : row_.target.as_map())
      if (entry.value != row_.properties[entry.key]) changes[entry.key] = entry.value;
    return changes;
  }

  void create() { run(behaviour().create(resource_)); }
  void update(PropertyChanges changes) { run(behaviour().update(resource_, std::move(changes))); }
  void remove() { run(behaviour().remove(resource_)); }
  /// Enters create anew with the steps that are recorded, as after a restart.
  void create_again() { sync_wait(loop_, behaviour().create(resource_)); }
  /// Lets create run for so long, and then stops the machine.
  void create_for(Duration time) {
    VirtualLoop machine(loop_.now());
    Resource resource(*type_, row_, stack_, nullptr, machine, random_, journal_, Cancel());
    TaskGroup group(machine);
    group.spawn(behaviour().create(resource));
    machine.run_for(time);
    machine.drop();
    loop_.run_for(time);
  }

  Value attribute(const std::string& name) {
    return *sync_wait(loop_, behaviour().attributes(resource_, {name})).find(name);
  }
  Value reference() const { return type_->behaviour->reference_id(row_); }
  std::string problem_at() const {
    Diagnostics found;
    type_->behaviour->validate(row_.target, {"resources", "a", "properties"}, found);
    return found.empty() ? "" : to_string(found.all().front().path);
  }
  std::string replaces(const PropertyChanges& changes) const {
    return type_->behaviour->replaces(*type_, row_.properties, row_.target, changes);
  }
  std::int64_t seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(loop_.now() - start_).count();
  }

 private:
  Behaviour& behaviour() { return *type_->behaviour; }
  void run(Task<> action) {
    journal_.clear();
    sync_wait(loop_, std::move(action));
  }

  std::shared_ptr<const ResourceType> type_;
  ResourceRow row_;
  StackRow stack_;
  VirtualLoop loop_;
  Time start_ = loop_.now();
  SeededRandom random_{1};
  MemoryJournal journal_;
  Resource resource_{*type_, row_, stack_, nullptr, loop_, random_, journal_, Cancel()};
};

constexpr const char* kName = "s-a-7ht3iigd4xi2";

TEST(TestResource, KeepsItsValue) {
  OneResource resource("OS::Heat::TestResource", {});
  resource.create();
  EXPECT_EQ(resource.attribute("output"), Value("test_string"));
  EXPECT_EQ(resource.reference(), Value(kName));
  EXPECT_EQ(resource.attribute("show"), Value());
  const PropertyChanges changes = resource.want({{"value", "two"}});
  EXPECT_EQ(resource.replaces(changes), "");
  resource.update(changes);
  EXPECT_EQ(resource.attribute("output"), Value("two"));
  resource.update(resource.want({{"value", ""}}));
  EXPECT_EQ(resource.attribute("output"), Value("two"));  // as the original: empty is no value
  EXPECT_EQ(resource.seconds(), 0);
}

TEST(TestResource, AsksForItsReplacementWhenTheValueChanges) {
  OneResource resource("OS::Heat::TestResource", {{"update_replace", true}});
  EXPECT_EQ(resource.replaces(resource.want({{"update_replace", true}, {"wait_secs", 1}})), "");
  EXPECT_NE(resource.replaces(resource.want({{"update_replace", true}, {"value", "b"}})), "");
}

TEST(TestResource, WaitsAsLongAsTheActionSays) {
  OneResource resource("OS::Heat::TestResource",
                       {{"wait_secs", 5}, {"action_wait_secs", Map{{"create", 3}, {"update", 7}}}});
  resource.create();
  EXPECT_EQ(resource.seconds(), 3);
  resource.remove();
  EXPECT_EQ(resource.seconds(), 8);
  resource.update({{"wait_secs", 5}});
  EXPECT_EQ(resource.seconds(), 8);
  resource.update({{"value", "new"}});
  EXPECT_EQ(resource.seconds(), 15);
}

TEST(TestResource, WaitsNoLongerBecauseOfARestart) {
  OneResource resource("OS::Heat::TestResource", {{"wait_secs", 10}});
  resource.create_for(std::chrono::seconds(4));
  EXPECT_EQ(resource.seconds(), 4);
  resource.create_again();
  EXPECT_EQ(resource.seconds(), 10);
}

TEST(TestResource, FailsAfterItsWait) {
  OneResource resource("OS::Heat::TestResource", {{"fail", true}, {"wait_secs", 2}});
  try {
    resource.create();
    FAIL() << "created";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::ValueError);
    EXPECT_EQ(error.message(), "Test Resource failed a");
  }
  EXPECT_EQ(resource.seconds(), 2);
  EXPECT_EQ(resource.reference(), Value("a"));
  EXPECT_EQ(resource.attribute("output"), Value());
  resource.remove();
}

std::string created_text(Map properties) {
  OneResource resource("OS::Heat::RandomString", std::move(properties));
  EXPECT_EQ(resource.reference(), Value("a"));
  EXPECT_EQ(resource.problem_at(), "");
  resource.create();
  EXPECT_EQ(resource.reference(), resource.attribute("value"));
  return resource.reference().as_string();
}

std::size_t count_of(const std::string& text, const std::string& characters) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [&](char c) { return characters.find(c) != std::string::npos; }));
}

TEST(RandomString, HasItsLengthAndCharacters) {
  EXPECT_EQ(created_text({}).size(), 32u);
  const std::string octal = created_text({{"sequence", "octdigits"}, {"length", 512}});
  EXPECT_EQ(count_of(octal, "01234567"), 512u);
  const std::string hex =
      created_text({{"character_classes", List{Map{{"class", "hexdigits"}}}}, {"length", 100}});
  EXPECT_EQ(count_of(hex, "0123456789ABCDEF"), 100u);
}

TEST(RandomString, HasEachClassOftenEnough) {
  const List classes{Map{{"class", "digits"}, {"min", 4}}, Map{{"class", "uppercase"}, {"min", 3}}};
  const List sequences{Map{{"sequence", "!?"}, {"min", 5}}};
  const std::string text = created_text(
      {{"character_classes", classes}, {"character_sequences", sequences}, {"length", 12}});
  EXPECT_EQ(text.size(), 12u);
  EXPECT_EQ(count_of(text, "0123456789"), 4u);
  EXPECT_EQ(count_of(text, "!?"), 5u);
}

TEST(RandomString, CountsCharactersNotBytes) {
  const List sequences{Map{{"sequence", "äü"}}};
  const std::string text = created_text(
      {{"character_classes", List{}}, {"character_sequences", sequences}, {"length", 9}});
  EXPECT_EQ(text.size(), 18u);
}

TEST(RandomString, RefusesMinimumsAboveItsLength) {
  const List classes{Map{{"class", "digits"}, {"min", 4}}, Map{{"class", "letters"}, {"min", 3}}};
  EXPECT_EQ(OneResource("OS::Heat::RandomString", {{"character_classes", classes}, {"length", 6}})
                .problem_at(),
            "resources.a.properties");
}

TEST(RandomString, NeedsCharactersToChooseFrom) {
  OneResource resource("OS::Heat::RandomString", {{"character_classes", List{}}});
  EXPECT_THROW(resource.create(), Error);
}

TEST(RandomString, StaysTheSameAfterARestart) {
  OneResource resource("OS::Heat::RandomString", {});
  resource.create();
  const Value text = resource.reference();
  resource.create_again();
  EXPECT_EQ(resource.reference(), text);
}

TEST(ValueResource, GivesTheValueAsItWasGiven) {
  OneResource resource("OS::Heat::Value", {{"type", "number"}, {"value", "3.5"}});
  EXPECT_EQ(resource.problem_at(), "");
  resource.create();
  EXPECT_EQ(resource.attribute("value"), Value("3.5"));
  EXPECT_EQ(resource.reference(), Value(kName));
  resource.update(resource.want({{"value", List{1, 2}}}));
  EXPECT_EQ(resource.attribute("value"), Value(List{1, 2}));
}

TEST(ValueResource, RefusesAValueOfAnotherType) {
  const auto problem_at = [](const char* type, Value value) {
    return OneResource("OS::Heat::Value", {{"type", type}, {"value", std::move(value)}})
        .problem_at();
  };
  constexpr const char* kThere = "resources.a.properties.value";
  EXPECT_EQ(problem_at("string", List{1}), kThere);
  EXPECT_EQ(problem_at("number", "many"), kThere);
  EXPECT_EQ(problem_at("comma_delimited_list", "a,b"), kThere);
  EXPECT_EQ(problem_at("json", List{}), kThere);
  EXPECT_EQ(problem_at("boolean", 1), kThere);
  EXPECT_EQ(problem_at("boolean", "TRUE"), "");
  EXPECT_EQ(problem_at("string", 7), "");
  EXPECT_EQ(problem_at("json", Map{}), "");
}

TEST(NoneResource, StandsInForAnything) {
  OneResource resource("OS::Heat::None", {});
  resource.create();
  EXPECT_EQ(resource.reference(), Value("0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60"));
  EXPECT_EQ(resource.attribute("anything"), Value());
  EXPECT_TRUE(type_named("OS::Heat::None")->behaviour->placeholder());
}

}  // namespace
}  // namespace heat
