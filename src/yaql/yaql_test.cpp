#include "yaql/yaql.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "text/write.h"

namespace heat::yaql {
namespace {

std::string result(const std::string& expression, const std::string& data = "null") {
  try {
    return to_json(evaluate(expression, from_json(data)));
  } catch (const Failure& failure) {
    return std::string(original_name(failure.reason()));
  }
}

TEST(Yaql, binds_operators_as_the_original_does) {
  EXPECT_EQ(result("1 + 2 * 3 - -4"), "11");
  EXPECT_EQ(result("not 1 in [1]"), "false");
  EXPECT_EQ(result("-1.switchCase(a, b)"), "NoMatchingFunctionException");
  EXPECT_EQ(result("let(x => 1) -> let(y => $x + 1) -> $x + $y"), "3");
  EXPECT_EQ(result("$.data.a[0].b", R"({"a": [{"b": 7}]})"), "7");
}

TEST(Yaql, refuses_what_is_no_expression) {
  for (const char* text : {"", "1 2", "$.data[", "f(1,)", "{a: 1}", "'open", "1e3", "f(a => 1, 2)"})
    EXPECT_THROW(Expression{text}, Failure) << text;
}

TEST(Yaql, chooses_overloads_by_kind) {
  EXPECT_EQ(result("len('abc') + len([1]) + len({a => 1})"), "5");
  EXPECT_EQ(result("concat()"), "AmbiguousFunctionException");
  EXPECT_EQ(result("[1, 2].set(1)"), "NoMatchingMethodException");
  EXPECT_EQ(result("{a => 1}.set(a => 2, b => 3)"), R"({"a":2,"b":3})");
}

TEST(Yaql, formats_as_python_does) {
  EXPECT_EQ(result("'{0:>5}|{1:05.1f}|{2:,}|{x!r}'.format(a, 3.14159, 1234567, x => b)"),
            R"("    a|003.1|1,234,567|'b'")");
  EXPECT_EQ(result("'{0:#x} {0:b} {0:o}'.format(255)"), R"("0xff 11111111 377")");
  EXPECT_EQ(result("'{0.__class__}'.format(1)"), "TypeError");
  for (const char* type : {"s", "d", "x", "c", "j", "i", "n.", "l", "%%"})
    EXPECT_EQ(result("'{0:" + std::string(type) + "}'.format(2.5)"), "ValueError") << type;
}

TEST(Yaql, is_bounded) {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* expression :
       {"def(f, f($)) -> f(1)", "def(f, f($ + 1) + f($ + 2)) -> f(1)",
        "range(200).select(range(200).select(range(200).select(range(200).sum())))",
        "generate([], true, [$])", "range(190).aggregate($1.select($), [1]).sum()",
        "range(150).aggregate([$1, $1], 1)", "'a' * 100000000000", "[1] * 100000000000",
        "pow(9999999, 9999999)", "shiftBitsLeft(1, 100000000000)",
        "regex('(a+)+$').matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')", "sequence().last()",
        "generateMany(1, [$, $])", "'{0:999999999}'.format(1)"})
    EXPECT_THROW(evaluate(expression, {}), Failure) << expression;
  const std::string deep(100'000, '(');
  EXPECT_THROW(Expression{deep}, Failure);
  std::string chain = "1";
  for (int i = 0; i < 100'000; ++i) chain += "+1";
  EXPECT_THROW(Expression{chain}, Failure);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Yaql, needs_no_limits_for_small_things) {
  EXPECT_EQ(result("range(15).selectMany(range(15)).len()"), "225");
  EXPECT_EQ(to_json(evaluate("$.data.len()", std::string(20'000, 'x'), {.memory = 0})), "20000");
}

TEST(Yaql, reads_the_expressions_of_real_templates) {
  const char* shared = std::getenv("HEAT_SHARED");
  std::ifstream table(std::string(shared ? shared : "") + "/corpus/yaql.tsv");
  if (!table) GTEST_SKIP() << "there is no collection";
  std::string line;
  std::getline(table, line);
  int count = 0;
  while (std::getline(table, line)) {
    const std::size_t begin = line.find('\t', line.find('\t') + 1) + 1;
    const Value text = from_json(line.substr(begin, line.find('\t', begin) - begin));
    if (text == Value(R"({"foo": "bar"})")) continue;  // the original refuses it, too
    EXPECT_NO_THROW(Expression{text.as_string()}) << text.as_string();
    ++count;
  }
  EXPECT_GT(count, 100);
}

}  // namespace
}  // namespace heat::yaql
