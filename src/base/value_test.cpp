#include "base/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace heat {
namespace {

TEST(Value, IntegersBeyond64BitsSurvive) {
  EXPECT_TRUE(Value::integer("9223372036854775807").is_int());
  EXPECT_TRUE(Value::integer("-9223372036854775808").is_int());
  const Value big = Value::integer("+0009223372036854775808");
  EXPECT_TRUE(big.is(Value::Kind::BigInt));
  EXPECT_EQ(big.as_string(), "9223372036854775808");
  EXPECT_EQ(Value::integer("-0"), Value(0));
  EXPECT_EQ(Value::integer("00012"), Value(12));
}

TEST(Value, EqualityIsPythons) {
  EXPECT_EQ(Value(1), Value(1.0));
  EXPECT_EQ(Value(true), Value(1));
  EXPECT_EQ(Value(false), Value(0.0));
  EXPECT_FALSE(Value(1) == Value("1"));
  EXPECT_FALSE(Value() == Value(0));
  EXPECT_FALSE(Value(List{}) == Value(Map{}));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(Value(nan) == Value(nan));
}

TEST(Value, IntegersAndDoublesCompareWithoutRounding) {
  const Value past = Value::integer("9007199254740993");  // 2^53 + 1, no double
  EXPECT_FALSE(past == Value(9007199254740992.0));
  EXPECT_FALSE(Value::integer("9223372036854775807") == Value(9223372036854775808.0));
  EXPECT_EQ(Value::integer("9223372036854775808"), Value(9223372036854775808.0));
  EXPECT_FALSE(Value::integer("9223372036854775809") == Value(9223372036854775808.0));
  EXPECT_FALSE(Value::integer("9223372036854775808") == Value(HUGE_VAL));
}

TEST(Value, MapsAreEqualInAnyOrderAndListsAreNot) {
  EXPECT_EQ(Value(Map{{"a", 1}, {"b", 2}}), Value(Map{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE(Value(Map{{"a", 1}}) == Value(Map{{"a", 1}, {"b", 2}}));
  EXPECT_FALSE(Value(List{1, 2}) == Value(List{2, 1}));
}

TEST(Value, HashAgreesWithEquality) {
  const std::vector<std::pair<Value, Value>> equal = {
      {1, 1.0},
      {true, 1},
      {0, -0.0},
      {Value::integer("9223372036854775808"), 9223372036854775808.0},
      {Map{{"a", 1}, {"b", List{2.0}}}, Map{{"b", List{2}}, {"a", true}}},
  };
  for (const auto& [a, b] : equal) {
    EXPECT_EQ(a, b);
    EXPECT_EQ(a.hash(), b.hash());
  }
  EXPECT_NE(Value("a").hash(), Value("b").hash());
  EXPECT_NE(Value(List{1, 2}).hash(), Value(List{2, 1}).hash());
}

TEST(Value, TruthIsPythons) {
  for (const Value& value :
       {Value(), Value(0), Value(0.0), Value(false), Value(""), Value(List{}), Value(Map{})})
    EXPECT_FALSE(value.truthy());
  for (const Value& value : {Value(2), Value(0.1), Value("0"), Value(List{Value()}),
                             Value::integer("99999999999999999999")})
    EXPECT_TRUE(value.truthy());
}

TEST(Value, LookingIntoWhatIsNotThereIsNull) {
  const Value stack = Map{{"stack", Map{{"ids", List{"x"}}}}};
  EXPECT_EQ(stack["stack"]["ids"][0], Value("x"));
  EXPECT_TRUE(stack["stack"]["ids"][1].is_null());
  EXPECT_TRUE(stack["nothing"]["id"].is_null());
  EXPECT_EQ(stack["nothing"].string_or("otherwise"), "otherwise");
}

TEST(Map, KeepsOrderAndFindsInLargeOnes) {
  Map map;
  for (int i = 0; i < 1000; ++i) map.set("key" + std::to_string(i), i);
  map.set("key500", "changed");
  EXPECT_EQ(map.size(), 1000U);
  EXPECT_EQ(map.at_index(500).key, "key500");
  EXPECT_EQ(*map.find("key500"), Value("changed"));
  EXPECT_EQ(*map.find("key999"), Value(999));
  EXPECT_EQ(map.find("key1000"), nullptr);
  EXPECT_TRUE(map.erase("key0"));
  EXPECT_FALSE(map.erase("key0"));
  EXPECT_EQ(map.at_index(0).key, "key1");
  EXPECT_EQ(*map.find("key999"), Value(999));
}

TEST(Map, KeysThatAreNoStringsStayApart) {
  Map map;
  map.set("1", "number", Value::Kind::Int);
  EXPECT_EQ(map.find("1"), nullptr);
  map.set("1", "string");
  EXPECT_EQ(map.size(), 2U);
  EXPECT_EQ(*map.find("1"), Value("string"));
  Map strings{{"1", "string"}};
  strings.set("2", "number");
  EXPECT_FALSE(Value(map) == Value(strings));
}

TEST(Value, CopiesShareAndOutliveTheOriginal) {
  Value copy;
  {
    const Value original = List{"a long enough string to be allocated", 1};
    copy = original;
  }
  EXPECT_EQ(copy[0], Value("a long enough string to be allocated"));
  copy = copy[0];
  EXPECT_TRUE(copy.is_string());
}

}  // namespace
}  // namespace heat
