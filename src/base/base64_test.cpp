#include "base/base64.h"

#include <gtest/gtest.h>

namespace heat {
namespace {

TEST(Base64, PadsToFour) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("a"), "YQ==");
  EXPECT_EQ(base64("ab"), "YWI=");
  EXPECT_EQ(base64("abc"), "YWJj");
}

TEST(Base64, BreaksLongLines) {
  const std::string lines = base64_lines(std::string(100, 'x'));
  EXPECT_EQ(lines.find('\n'), 76u);
  EXPECT_EQ(lines.back(), '\n');
}

TEST(Base64, ReadsBackAndRefusesWhatIsNone) {
  for (const std::string bytes : {"", "a", "ab", "abc", "abcd"})
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  EXPECT_FALSE(from_base64("YQ="));
  EXPECT_FALSE(from_base64("Y!=="));
}

}  // namespace
}  // namespace heat
