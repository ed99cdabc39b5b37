#include "resource/resource.h"

#include <gtest/gtest.h>

#include "async/virtual_loop.h"
#include "base/error.h"
#include "resource/memory_journal.h"

namespace heat {
namespace {

TEST(PhysicalName, is_stack_resource_and_the_uuids_random_time_bits) {
  // The suffix is what the original makes of this uuid.
  EXPECT_EQ(physical_name("web", "port", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255),
            "web-port-7ht3iigd4xi2");
}

TEST(PhysicalName, drops_the_stars_that_mark_a_backup_stack) {
  EXPECT_TRUE(physical_name("web*", "a", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255)
                  .starts_with("web-a-"));
}

TEST(PhysicalName, keeps_two_letters_and_the_end_where_it_is_too_long) {
  const std::string whole =
      physical_name("a-long-stack", "a-long-resource", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255);
  const std::string cut =
      physical_name("a-long-stack", "a-long-resource", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 20);
  EXPECT_EQ(cut, "a--" + whole.substr(whole.size() - 17));
}

/// One resource with a step that has an effect outside.
class Steps : public testing::Test {
 protected:
  Value take(Resource::Recognise recognise, Resource::Perform perform, std::string looks = {}) {
    Resource resource(type_, row_, stack_, nullptr, loop_, random_, journal_, cancel_);
    return sync_wait(
        loop_, resource.step("server", std::move(recognise), std::move(perform), std::move(looks)));
  }
  Resource::Recognise finds(std::optional<Value> what) {
    return [this, what]() -> Task<std::optional<Value>> {
      ++looks_;
      co_return what;
    };
  }
  Resource::Perform makes(Value what, int lost_answers = 0) {
    return [this, what, lost_answers]() -> Task<Value> {
      if (++effects_ <= lost_answers) throw Error(ErrorKind::Timeout, "no answer");
      co_return what;
    };
  }

  VirtualLoop loop_;
  SeededRandom random_{1};
  MemoryJournal journal_;
  Cancel cancel_;
  ResourceType type_;
  ResourceRow row_;
  StackRow stack_;
  int looks_ = 0, effects_ = 0;
};

TEST_F(Steps, are_performed_once_and_remembered) {
  EXPECT_EQ(take(finds({}), makes("a")), Value("a"));
  EXPECT_EQ(take(finds({}), makes("b")), Value("a"));
  EXPECT_EQ(effects_, 1);
  EXPECT_EQ(looks_, 0);
}

TEST_F(Steps, look_for_their_effect_after_a_crash) {
  journal_.begun("server", loop_.now());
  EXPECT_EQ(take(finds("found"), makes("made")), Value("found"));
  EXPECT_EQ(effects_, 0);
}

TEST_F(Steps, are_performed_after_a_crash_that_came_before_the_effect) {
  journal_.begun("server", loop_.now());
  const Time before = loop_.now();
  EXPECT_EQ(take(finds({}), makes("made")), Value("made"));
  EXPECT_GE(loop_.now() - before, std::chrono::seconds(8));  // the service might be at it still
}

TEST_F(Steps, find_an_effect_that_comes_late) {
  journal_.begun("server", loop_.now());
  const auto finds_late = [this]() -> Task<std::optional<Value>> {
    co_return ++looks_ < 4 ? std::nullopt : std::optional<Value>("late");
  };
  EXPECT_EQ(take(finds_late, makes("made")), Value("late"));
  EXPECT_EQ(effects_, 0);
}

TEST_F(Steps, find_an_effect_that_comes_late_though_they_are_cancelled) {
  journal_.begun("server", loop_.now());
  cancel_.request();
  const auto finds_late = [this]() -> Task<std::optional<Value>> {
    co_return ++looks_ < 4 ? std::nullopt : std::optional<Value>("late");
  };
  EXPECT_EQ(take(finds_late, makes("made")), Value("late"));
}

TEST_F(Steps, look_for_their_effect_after_a_lost_answer) {
  EXPECT_EQ(take(finds("found"), makes("made", 1)), Value("found"));
  EXPECT_EQ(effects_, 1);
}

TEST_F(Steps, give_up_when_answers_are_lost_again_and_again) {
  EXPECT_THROW(take(finds({}), makes("made", 100)), Error);
  EXPECT_EQ(effects_, 4);
}

TEST_F(Steps, wait_for_others_that_look_alike) {
  journal_.preceded = 3;
  const Time before = loop_.now();
  EXPECT_EQ(take(finds({}), makes("a"), "alike"), Value("a"));
  EXPECT_GT(loop_.now(), before);
  EXPECT_EQ(journal_.preceded, -1);
}

TEST_F(Steps, do_not_begin_once_cancelled) {
  cancel_.request();
  EXPECT_THROW(take(finds({}), makes("made")), Cancelled);
  EXPECT_EQ(journal_.find("server"), nullptr);
}

}  // namespace
}  // namespace heat
