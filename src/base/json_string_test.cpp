#include "base/json_string.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace heat {
namespace {

std::string quoted(std::string_view text, Escape escape = Escape::Needed) {
  std::string out;
  append_json_string(out, text, escape);
  return out;
}

TEST(JsonString, EscapesWhatItMust) {
  EXPECT_EQ(quoted("a\"b\\c\n\t\x01"), R"("a\"b\\c\n\t\u0001")");
  EXPECT_EQ(quoted("schön \U0001F600\x7f"), "\"schön \U0001F600\x7f\"");
  EXPECT_EQ(quoted("schön \U0001F600\x7f", Escape::NonAscii), R"("sch\u00f6n \ud83d\ude00\u007f")");
  EXPECT_EQ(quoted("\xff", Escape::NonAscii), R"("\ufffd")");
}

TEST(Utf8, KnowsGoodFromBad) {
  EXPECT_TRUE(is_utf8("a\u00e4\u20ac\U0001F600"));
  for (const char* bad : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"})
    EXPECT_FALSE(is_utf8(bad));
  EXPECT_EQ(count_points("a\u00e4\u20ac\U0001F600"), 4U);
  std::string out;
  for (const char32_t point : {U'a', U'\u00e4', U'\u20ac', U'\U0001F600'}) append_utf8(out, point);
  EXPECT_EQ(out, "a\u00e4\u20ac\U0001F600");
}

}  // namespace
}  // namespace heat
