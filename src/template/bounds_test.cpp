#include <gtest/gtest.h>

#include <chrono>

#include "template/scope.h"

// Bounds that take more text than a story holds; see also test/scenarios/template/bounds.test.

namespace heat {
namespace {

constexpr std::size_t kLimit = 524288;

std::shared_ptr<const Template> parse(const std::string& text, std::size_t limit = kLimit) {
  Diagnostics problems;
  auto tmpl = Template::parse(text, "t.yaml", limit, problems);
  problems.raise();
  return tmpl;
}

Value output(const std::string& text, Value parameters) {
  const auto tmpl = parse(text);
  Environment environment;
  environment.parameters = std::move(parameters);
  Diagnostics problems;
  Questions questions;
  const auto values =
      Parameters::resolve(*tmpl, environment, {"s", "id", "p", "r"}, problems, questions);
  problems.raise();
  Missing missing;
  return tmpl->outputs().front().value.evaluate(TemplateScope(tmpl, values, Map{}), missing);
}

TEST(Bounds, ATemplatesCharactersAreCounted) {
  const std::string head = "heat_template_version: wallaby\n#";
  std::string text = head;
  for (std::size_t i = head.size(); i < kLimit; ++i) text += "ä";
  EXPECT_NO_THROW(parse(text));
  try {
    parse(text + "ä");
    FAIL() << "a template that is too long was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::RequestLimitExceeded);
  }
}

TEST(Bounds, LongListsAreComparedInTime) {
  List numbers;
  for (int i = 0; i < 50'000; ++i) numbers.emplace_back(i);
  const auto begin = std::chrono::steady_clock::now();
  const Value unique = output(R"(heat_template_version: wallaby
parameters: {n: {type: json}}
outputs: {o: {value: {list_concat_unique: [{get_param: n}, {get_param: n}]}}}
)",
                              Map{{"n", numbers}});
  EXPECT_EQ(unique, Value(numbers));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Bounds, AReplacementEndsWhereItGetsTooLong) {
  const std::string text(100'000, 'x');
  const auto replace = [&](const std::string& by) {
    return output(R"(heat_template_version: wallaby
parameters: {text: {type: string}, by: {type: string}}
outputs: {o: {value: {str_replace: {template: {get_param: text}, params: {x: {get_param: by}}}}}}
)",
                  Map{{"text", text}, {"by", by}});
  };
  EXPECT_EQ(replace("ten letter").as_string().size(), 1'000'000u);
  EXPECT_THROW(replace(text), Error);
}

}  // namespace
}  // namespace heat
