#include "text/document.h"

#include <gtest/gtest.h>

#include "text/write.h"

namespace heat {
namespace {

Value yaml(std::string_view text) { return Document::read(text, "t.yaml").root(); }
std::string json(std::string_view text) { return to_json(yaml(text)); }

/// The position and message of the error that `text` gets.
std::string refusal(std::string_view text, ReadLimits limits = {}) {
  try {
    Document::read(text, "t.yaml", limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::HTTPBadRequest);
    return error.position().value().str() + " " + error.message();
  }
  return "read";
}

TEST(Document, ResolvesPlainScalarsAsYaml11) {
  EXPECT_EQ(json("[yes, Off, y, ~, null, nUll, '', 'yes', !!str yes]"),
            R"([true,false,"y",null,null,"nUll","","yes","yes"])");
  EXPECT_EQ(json("[010, 09, 0x1F, -0b11, 1_000, 0o10, 1:30, 190:20:30, 80:80, +1, -0]"),
            R"([8,"09",31,-3,1000,"0o10",90,685230,"80:80",1,0])");
  EXPECT_EQ(json("[1.0, .5, +.5, 1e3, 1.0e3, 1.0e+3, 1:30.5, 1_0.5, .inf, -.INF, .NaN, 1.]"),
            R"([1.0,0.5,"+.5","1e3","1.0e3",1000.0,90.5,10.5,Infinity,-Infinity,NaN,1.0])");
  EXPECT_EQ(json("[2013-05-23, 2001-12-14t21:59:43.10-05:00]"),
            R"(["2013-05-23","2001-12-14t21:59:43.10-05:00"])");
}

TEST(Document, BigNumbersSurvive) {
  EXPECT_EQ(
      json("[123456789012345678901234567890, 0xffffffffffffffffffff, -07777777777777777777777]"),
      "[123456789012345678901234567890,1208925819614629174706175,-73786976294838206463]");
  EXPECT_EQ(json("[1000000000000000000:30]"), "[60000000000000000030]");
  EXPECT_EQ(json(R"({"a": 123456789012345678901234567890})"),
            R"({"a":123456789012345678901234567890})");
  EXPECT_NE(refusal("a: 1" + std::string(5000, '0')), "read");
  EXPECT_NE(refusal("{\"a\": 1" + std::string(5000, '0') + "}"), "read");
}

TEST(Document, JsonIsJson) {
  EXPECT_EQ(json(R"({"a": 1e3, "b": "\ud83d\ude00\/", "a": 2})"), R"({"a":2,"b":"😀/"})");
  EXPECT_EQ(json("{\n\t\"a\": [true, null, -0, 1.50, NaN]\n}"), R"({"a":[true,null,0,1.5,NaN]})");
  EXPECT_EQ(json("{a: 1e3, }"), R"({"a":"1e3"})") << "no JSON, so YAML";
  EXPECT_EQ(json("a: \"\\ud83d\\ude00\""), R"({"a":"😀"})");
  const Document environment = Document::read_yaml(R"({"a": 1e3})", "e.yaml");
  EXPECT_EQ(environment.root()["a"], Value("1e3"));
}

TEST(Document, MergesAsPyYaml) {
  EXPECT_EQ(json("{x: &a {k: 1, l: 2}, y: {l: 3, <<: *a, m: 4}}"),
            R"({"x":{"k":1,"l":2},"y":{"k":1,"l":3,"m":4}})");
  EXPECT_EQ(json("{y: {<<: [{k: 1}, {k: 2, m: 3}]}}"), R"({"y":{"k":1,"m":3}})");
  EXPECT_EQ(json("{y: {\"<<\": {a: 1}}}"), R"({"y":{"<<":{"a":1}}})");
  EXPECT_EQ(refusal("{y: {<<: 5}}").substr(0, 12), "t.yaml:1:10 ");
  EXPECT_EQ(refusal("x: &a [1]\ny: {<<: *a}").substr(0, 11), "t.yaml:1:8 ");
  EXPECT_NE(refusal("{y: {<<: !!binary aGk=}}"), "read");
}

TEST(Document, KeysThatAreNoStrings) {
  const Value map = yaml("1: a\n'1': b\n1.0: c\ntrue: d\n~: e\nnull: f\nno: g\n0: h\n2.5: i");
  ASSERT_EQ(map.as_map().size(), 5U);
  EXPECT_EQ(*map.as_map().find("1", Value::Kind::Int), Value("d"));
  EXPECT_EQ(*map.as_map().find("1"), Value("b"));
  EXPECT_EQ(*map.as_map().find("None", Value::Kind::Null), Value("f"));
  EXPECT_EQ(*map.as_map().find("False", Value::Kind::Bool), Value("h"));
  EXPECT_EQ(to_json(map), R"({"1":"d","1":"b","null":"f","false":"h","2.5":"i"})");
  EXPECT_EQ(refusal("a: 1\n? [b]\n: c").substr(0, 11), "t.yaml:2:3 ");
}

TEST(Document, KnowsWhereEverythingStood) {
  const Document document = Document::read(
      "resources:\n  web:\n    type: T\n    nets: [a, {port: b}]\n    type: U\n", "app.yaml");
  EXPECT_EQ(document.position({})->str(), "app.yaml:1:1");
  EXPECT_EQ(document.position({"resources", "web"})->str(), "app.yaml:2:3");
  EXPECT_EQ(document.position({"resources", "web", "nets", "1"})->str(), "app.yaml:4:15");
  EXPECT_EQ(document.position({"resources", "web", "nets", "1", "port"})->str(), "app.yaml:4:16");
  EXPECT_EQ(document.position({"resources", "web", "type"})->str(), "app.yaml:5:5");
  EXPECT_EQ(document.position({"resources", "none", "type"})->str(), "app.yaml:1:1");
  EXPECT_EQ(document.position({"resources", "web"})->picture(),
            "  --> app.yaml:2:3\n   |\n 2 |   web:\n   |   ^\n");
  EXPECT_EQ(Document::of(Map{{"a", 1}}).position({"a"}), std::nullopt);
}

TEST(Document, KnowsWhereJsonStood) {
  const Document document = Document::read("{\"ä\": [1,\n  {\"b\": 2}], \"ä\": [3]}", "app.json");
  EXPECT_EQ(document.position({"ä"})->str(), "app.json:2:14");
  EXPECT_EQ(document.position({"ä", "0"})->str(), "app.json:2:20");
}

TEST(Document, OfALongLineThePlaceIsShown) {
  const Document document =
      Document::read("{\"long\": \"" + std::string(5000, 'x') + "ä\", \"here\": 1}", "app.json");
  const Position position = *document.position({"here"});
  EXPECT_EQ(position.text.substr(position.caret), "\"here\": 1}");
  EXPECT_LT(position.text.size(), 200u);
}

TEST(Document, KnowsWhatStandsBeforeWhat) {
  const Document document = Document::of(
      Map{{"resources", Map{{"b", Map{{"x", 1}}}, {"a", List{1, 2}}}}, {"outputs", Map{{"o", 1}}}});
  EXPECT_TRUE(document.before({"resources", "b", "x"}, {"resources", "a"}));
  EXPECT_TRUE(document.before({"resources", "a", "0"}, {"resources", "a", "1"}));
  EXPECT_TRUE(document.before({"resources", "a"}, {"resources", "a", "1"}));
  EXPECT_TRUE(document.before({"resources", "nowhere"}, {"outputs", "o"}));
  EXPECT_FALSE(document.before({"outputs"}, {"resources", "b"}));
  EXPECT_FALSE(document.before({"outputs"}, {"outputs"}));
}

TEST(Document, MergedAndAliasedPartsStandWhereTheyWereWritten) {
  const Document document =
      Document::read("base: &b\n  k: 1\n  l: 2\nmine:\n  <<: *b\n  l: 3\nagain: *b\n", "a.yaml");
  EXPECT_EQ(document.position({"mine", "k"})->str(), "a.yaml:2:3");
  EXPECT_EQ(document.position({"mine", "l"})->str(), "a.yaml:6:3");
  EXPECT_EQ(document.position({"again"})->str(), "a.yaml:7:1");
  EXPECT_EQ(document.position({"again", "l"})->str(), "a.yaml:3:3");
}

TEST(Document, ErrorsSayWhereAndWhatToDo) {
  EXPECT_EQ(refusal("a: 1\n\tb: 2"),
            "t.yaml:2:1 A tab stands where YAML wants spaces; indent with spaces.");
  EXPECT_EQ(refusal("a: %x"), "t.yaml:1:4 A value can't begin with '%'; put it in quotes.");
  EXPECT_EQ(
      refusal("a:\n  b: !Ref x"),
      "t.yaml:2:6 The tag '!Ref' is not known; write the function in its long form, as a map.");
  EXPECT_EQ(refusal("a: 1\n---\nb: 2"),
            "t.yaml:2:1 A second document begins here; only one is read.");
  EXPECT_EQ(refusal("a: *b"), "t.yaml:1:4 No anchor '&b' stands above.");
  EXPECT_EQ(refusal("x: &a [*a]"), "t.yaml:1:8 '*a' would contain itself.");
  EXPECT_EQ(refusal("x: &a 1\ny: &a 2").substr(0, 11), "t.yaml:2:4 ");
  EXPECT_EQ(refusal("x: [<<]"), "t.yaml:1:5 '<<' stands where only a value can; quote it.");
  EXPECT_EQ(refusal("ab\nc: \x01").substr(0, 11), "t.yaml:2:4 ");
  EXPECT_EQ(refusal("a: \xff").substr(0, 11), "t.yaml:1:4 ");
  EXPECT_EQ(refusal("a: !!int x").substr(0, 11), "t.yaml:1:4 ");
}

TEST(Document, ExplicitTags) {
  EXPECT_EQ(json("[!!int '0x1F', !!float 5, !!bool 'YES', !!null x, !!timestamp x, ! 5, !!str 5]"),
            R"([31,5.0,true,null,"x",5,"5"])");
  EXPECT_EQ(json("[!!binary 'aG k=- x', !!binary '***', !!omap [a: 1], !!pairs [a: 1, a: 2]]"),
            R"([[104,105],[],[["a",1]],[["a",1],["a",2]]])");
  EXPECT_NE(refusal("!!seq {a: b}"), "read");
  EXPECT_NE(refusal("!!set {a, b}"), "read");
  EXPECT_NE(refusal("!!python/tuple [1]"), "read");
}

TEST(Document, NothingIsNull) {
  for (const char* text : {"", "  \n", "# only a comment", "---", "~"})
    EXPECT_TRUE(yaml(text).is_null()) << text;
}

TEST(Document, TakesWhatOnlyPyYamlsOwnScannerTakes) {
  EXPECT_EQ(json("{a:[1, {b:{c: 2}}]}"), R"({"a":[1,{"b":{"c":2}}]})");
  EXPECT_EQ(json("%FOO bar\n---\na: 1"), R"({"a":1})");
  EXPECT_EQ(json("\xef\xbb\xbf"
                 "a: 1\nb: 2"),
            R"({"a":1,"b":2})");
  EXPECT_EQ(json("a: \"\\\\ud83d \\ud83d\\ude00\""), R"({"a":"\\ud83d 😀"})");
  EXPECT_NE(refusal("a: \"\\ud83d\""), "read");
}

TEST(Document, LimitsHold) {
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  EXPECT_EQ(refusal(deep), "read");
  EXPECT_NE(refusal("[" + deep + "]").find("deeper than 100"), std::string::npos);
  EXPECT_NE(refusal("a: " + std::string(300'000, '[')).find("deeper than 100"), std::string::npos);
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = std::to_string(i - 1), self = std::to_string(i);
    bomb += "a" + self + ": &a" + self + " [*a" + last + ", *a" + last + "]\n";
  }
  EXPECT_NE(refusal(bomb).find("aliases expanded"), std::string::npos);
  EXPECT_NE(refusal("[1, 2, 3]", {.depth = 9, .nodes = 3}), "read");
}

}  // namespace
}  // namespace heat
