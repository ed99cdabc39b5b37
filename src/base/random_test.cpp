#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace heat {
namespace {

TEST(Random, AUuidIsOfVersion4) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = random.uuid();
    ASSERT_EQ(uuid.size(), 36U);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[dash], '-');
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 100U);
}

TEST(Random, ASeedReplays) {
  SeededRandom one(7), same(7), other(8);
  const std::string first = one.uuid();
  EXPECT_EQ(first, same.uuid());
  EXPECT_NE(first, other.uuid());
}

TEST(Random, BelowStaysBelowAndReachesAll) {
  SeededRandom random(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.below(10));
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_LT(*seen.rbegin(), 10U);
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace heat
