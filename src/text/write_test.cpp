#include "text/write.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace heat {
namespace {

const Value& sample() {
  static const Value value = Map{{"b", List{true, nullptr, 1, 1.5, "it's"}},
                                 {"a", Map{{"ä", ""}}},
                                 {"e", List{}},
                                 {"m", Map{}}};
  return value;
}

TEST(Write, Json) {
  EXPECT_EQ(to_json(sample()), R"({"b":[true,null,1,1.5,"it's"],"a":{"ä":""},"e":[],"m":{}})");
  EXPECT_EQ(to_python_json(sample(), true),
            R"({"a": {"\u00e4": ""}, "b": [true, null, 1, 1.5, "it's"], "e": [], "m": {}})");
  EXPECT_EQ(to_pretty_json(Map{{"a", List{1, 2}}, {"e", List{}}}),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": []\n}");
}

TEST(Write, PythonStr) {
  EXPECT_EQ(to_python_str(sample()),
            R"({'b': [True, None, 1, 1.5, "it's"], 'a': {'ä': ''}, 'e': [], 'm': {}})");
  EXPECT_EQ(to_python_str("plain 'text'"), "plain 'text'");
  EXPECT_EQ(to_python_str(List{"a\n\t\\\x01\u00ad", "'\""}), R"(['a\n\t\\\x01\xad', '\'"'])");
  Map keys;
  keys.set("1", "x", Value::Kind::Int);
  EXPECT_EQ(to_python_str(Value(keys)), "{1: 'x'}");
}

TEST(Write, FloatsArePythons) {
  const std::pair<double, const char*> floats[] = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {100000.0, "100000.0"},
      {1e15, "1000000000000000.0"},
      {1e16, "1e+16"},
      {1.5e300, "1.5e+300"},
      {0.0001, "0.0001"},
      {0.00001, "1e-05"},
      {123456.789, "123456.789"},
      {0.1, "0.1"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {HUGE_VAL, "inf"},
      {-HUGE_VAL, "-inf"}};
  for (const auto& [number, text] : floats) EXPECT_EQ(to_python_repr(number), text);
  EXPECT_EQ(to_json(Value(HUGE_VAL)), "Infinity");
}

TEST(Write, YamlReadsBack) {
  const Value tricky = Map{
      {"yes", "no"},
      {"numbers", List{1, 1.0, 1e16, 1e-7, -HUGE_VAL, "1", "1.5", "0x1"}},
      {"texts", List{"",     " x",    "x ",         "a: b", "a #b", "- a",   "'",      "\"",
                     "~",    "ü",     "2013-05-23", "<<",   "=",    "!x",    "a\nb\n", "a\n\n  b\n",
                     "a\nb", "\na\n", "a\n\n",      "{x}",  "\t",   "a\tb\n"}},
      {"nested", List{List{List{1}, Map{{"a", List{}}, {"b", Map{}}}}, Map{}}},
      {"big", Value::integer("99999999999999999999")},
      {"multi\nline", Map{{"t", "x\ny\n"}, {"l", List{"x\ny\n"}}}},
      {"null", nullptr}};
  const std::string text = to_yaml(tricky);
  EXPECT_EQ(Document::read(text, "").root(), tricky) << text;
  EXPECT_EQ(to_yaml(Map{{"a", List{Map{{"b", 1}, {"c", "x y"}}}}}), "a:\n- b: 1\n  c: x y\n");
  EXPECT_EQ(to_yaml(List{}), "[]\n");
}

TEST(FromJson, ReadsWhatWasWritten) {
  EXPECT_EQ(from_json(to_json(sample())), sample());
  EXPECT_EQ(from_json(to_python_json(sample(), false)), sample());
  EXPECT_EQ(from_json(" -12 "), Value(-12));
  EXPECT_EQ(from_json("\"\\u00e4\\n\""), Value("ä\n"));
}

TEST(FromJson, RefusesWhatIsNoJson) {
  for (const char* text :
       {"",    "{",     "[1,]",     "{\"a\":1,}", "{a: 1}", "01",        "1.",          ".5",
        "+1",  "1 2",   "'a'",      "\"a",        "\"\n\"", "\"\\x\"",   "\"\\ud800\"", "\"\\u12\"",
        "nul", "[1 2]", "\"\xff\"", "-",          "1e",     "{\"a\" 1}", "tru"})
    EXPECT_THROW(from_json(text), Error) << text;
  EXPECT_THROW(from_json(std::string(1'000'000, '[')), Error);
}

}  // namespace
}  // namespace heat
