#include "schema/schema.h"

#include <gtest/gtest.h>

#include "schema/formats.h"
#include "schema/numbers.h"
#include "schema/pattern.h"
#include "text/write.h"

namespace heat {
namespace {

Schema of_type(Type type) {
  Schema schema;
  schema.type = type;
  return schema;
}

std::string problem_of(std::string_view format, Value value) {
  return find_format(format)->problem(value);
}

TEST(Numbers, AreReadAsPythonReadsThem) {
  EXPECT_EQ(read_integer(" +1_000 "), Value(1000));
  EXPECT_FALSE(read_integer("1__0"));
  EXPECT_FALSE(read_integer("0x10"));
  EXPECT_EQ(to_python_str(*read_number("123456789012345678901234567890")),
            "123456789012345678901234567890");
  EXPECT_EQ(read_number("1e3"), Value(1000.0));
  EXPECT_FALSE(read_number("abc"));
}

TEST(Numbers, RemaindersHaveTheSignOfTheDivisor) {
  EXPECT_EQ(remainder(-7, 3), Value(2));
  EXPECT_EQ(remainder(7, -3), Value(-2));
  EXPECT_EQ(remainder(Value::integer("100000000000000000000001"), 2), Value(1));
  EXPECT_EQ(remainder(-7.5, 2), Value(0.5));
}

TEST(Numbers, OfAnySizeAreOrdered) {
  const Value big = Value::integer("99999999999999999999"),
              small = Value::integer("-99999999999999999999");
  EXPECT_GT(compare_numbers(big, 1), 0);
  EXPECT_LT(compare_numbers(small, 1), 0);
  EXPECT_LT(compare_numbers(small, big), 0);
  EXPECT_EQ(compare_numbers(big, big), 0);
}

TEST(Pattern, OnlyTheFirstMatchCounts) {
  EXPECT_FALSE(Pattern("a|ab").matches("ab"));
  EXPECT_TRUE(Pattern("ab|a").matches("ab"));
  EXPECT_FALSE(Pattern("[a-z]+").matches("abc1"));
}

TEST(Pattern, SpeaksPythonsDialect) {
  EXPECT_TRUE(Pattern("a{,2}").matches("aa"));
  EXPECT_TRUE(Pattern("[[]").matches("["));
  EXPECT_TRUE(Pattern("\\u00e9").matches("é"));
  EXPECT_TRUE(Pattern("a\\Z").matches("a"));
  EXPECT_THROW(Pattern("\\p{L}"), Error);
  EXPECT_THROW(Pattern("*"), Error);
}

TEST(Pattern, GivesUpOnRunawayMatches) {
  EXPECT_THROW(Pattern("(a|a)*[bc]").matches(std::string(40, 'a')), Error);
}

TEST(Formats, TellGoodFromBad) {
  EXPECT_EQ(problem_of("ip_addr", "10.0.0.1"), "");
  EXPECT_NE(problem_of("ip_addr", "10.0.0.256"), "");
  EXPECT_EQ(problem_of("net_cidr", "10.0.0.0/24"), "");
  EXPECT_NE(problem_of("net_cidr", "10.0.0.0"), "");
  EXPECT_NE(problem_of("net_cidr", "10.0.0.0/33"), "");
  EXPECT_EQ(problem_of("net_cidr", "fe80::/64"), "");
  EXPECT_EQ(problem_of("mac_addr", "fa:16:3e:00:11:22"), "");
  EXPECT_NE(problem_of("mac_addr", "fa:16:3e:00:11"), "");
  EXPECT_EQ(problem_of("dns_domain", "example.org."), "");
  EXPECT_NE(problem_of("dns_domain", "example.org"), "");
  EXPECT_NE(problem_of("rel_dns_name", "example.org."), "");
  EXPECT_NE(problem_of("dns_name", "-a.org"), "");
  EXPECT_EQ(problem_of("cron_expression", "*/5 1-3 * jan mon"), "");
  EXPECT_NE(problem_of("cron_expression", "61 * * * *"), "");
  EXPECT_EQ(problem_of("iso_8601", "2026-11-23T10:00:00Z"), "");
  EXPECT_NE(problem_of("iso_8601", "yesterday"), "");
  EXPECT_EQ(problem_of("timezone", "Europe/Berlin"), "");
  EXPECT_NE(problem_of("timezone", "../../etc/passwd"), "");
  EXPECT_NE(problem_of("expiration", "2001-01-01T00:00:00Z"), "");
}

TEST(Convert, KeepsWhatIsNotKnown) {
  Schema schema = of_type(Type::Map);
  schema.members = {{"a", of_type(Type::Integer)}, {"b", of_type(Type::String)}};
  Diagnostics problems;
  const Value result = convert(schema, Map{{"a", Value::unknown()}, {"b", true}}, {}, problems);
  EXPECT_TRUE(result["a"].is(Value::Kind::Unknown));
  EXPECT_EQ(result["b"], Value("True"));
  EXPECT_TRUE(problems.empty());
}

TEST(Convert, ShowsWhatIsWrongThoughPartsAreNotKnown) {
  Diagnostics problems;
  convert(of_type(Type::List), Map{{"a", Value::unknown()}, {"b", 1}}, {}, problems);
  ASSERT_EQ(problems.all().size(), 1u);
  EXPECT_EQ(problems.all()[0].message, R"(Expected a list, got map {"a":"…","b":1}.)");
}

TEST(Convert, NamesEveryProblemAndTheNearestRightName) {
  Schema schema = of_type(Type::Map);
  schema.members = {{"flavor", of_type(Type::String)}, {"count", of_type(Type::Integer)}};
  schema.members.front().schema.required = true;
  Diagnostics problems;
  convert(schema, Map{{"flavr", "x"}, {"count", "many"}}, {"properties"}, problems);
  ASSERT_EQ(problems.all().size(), 2u) << "that flavor is missing follows from the first";
  EXPECT_EQ(problems.all()[0].message, "There is no property 'flavr' here. Did you mean 'flavor'?");
  EXPECT_EQ(to_string(problems.all()[1].path), "properties.count");
  problems = {};
  convert(schema, Map{{"count", 1}}, {"properties"}, problems);
  ASSERT_EQ(problems.all().size(), 1u);
  EXPECT_EQ(problems.all()[0].message, "Property 'flavor' is required and was not given.");
}

TEST(Constraints, LeaveTheCloudsQuestionsToTheCloud) {
  Schema schema = of_type(Type::String);
  schema.constraints = {{.kind = Constraint::Kind::Custom, .text = "nova.flavor"},
                        {.kind = Constraint::Kind::Length, .max = Value(3)}};
  Diagnostics problems;
  Questions questions;
  check_constraints(schema, "žluť", {"flavor"}, problems, questions);
  ASSERT_EQ(questions.size(), 1u);
  EXPECT_EQ(questions[0].constraint, "nova.flavor");
  ASSERT_EQ(problems.all().size(), 1u);
  EXPECT_EQ(problems.all()[0].message, "The length is 4, but must be at most 3.");
}

}  // namespace
}  // namespace heat
