#include "template/template.h"

#include <gtest/gtest.h>

#include "template/check.h"
#include "template/function.h"
#include "template/scope.h"
#include "text/write.h"

namespace heat {
namespace {

struct Evaluated {
  Diagnostics problems;
  Questions questions;
  std::string result;  ///< of the output "o", as JSON
};

Evaluated evaluate(std::string_view text, Value parameters = Map{}, Value files = Map{}) {
  Evaluated done;
  const auto tmpl = Template::parse(Document::read(text, "t.yaml"), done.problems);
  Environment environment;
  environment.parameters = std::move(parameters);
  const Parameters values =
      Parameters::resolve(*tmpl, environment, {"s", "id", "p", "r"}, done.problems, done.questions);
  const TemplateScope scope(tmpl, values, std::move(files));
  check_template(scope, done.problems);
  locate(done.problems, *tmpl);
  if (!done.problems.empty()) {
    const Diagnostic& first = done.problems.all().front();
    done.result = (first.position ? first.position->str() + ": " : "") + first.message;
    return done;
  }
  Missing missing;
  for (const OutputDefinition& output : tmpl->outputs())
    if (output.name == "o") done.result = to_json(output.value.evaluate(scope, missing));
  return done;
}

TEST(Template, EvaluatesFunctionsWithParametersAndFiles) {
  EXPECT_EQ(evaluate(R"(heat_template_version: rocky
parameters: {p: {type: number}}
outputs:
  o:
    value:
      str_replace: {template: 'a b', params: {a: {get_param: p}, b: {get_file: f}}}
)",
                     Map{{"p", "5"}}, Map{{"f", "text"}})
                .result,
            R"("5 text")");
}

TEST(Template, OnlyTheTakenBranchOfAnIfCounts) {
  EXPECT_EQ(evaluate(R"(heat_template_version: 2021-04-16
conditions: {never: {equals: [1, 2]}}
outputs: {o: {value: [{if: [never, {list_join: wrong}]}, {if: [never, {get_attr: 5}, 7]}]}}
)")
                .result,
            "[7]");
}

TEST(Template, ShowsWhereACircleOfConditionsIs) {
  EXPECT_EQ(evaluate(R"(heat_template_version: 2021-04-16
conditions:
  a: {not: b}
  b: {not: a}
outputs: {o: {value: {if: [a, 1, 2]}}}
)")
                .result,
            "t.yaml:3:3: The condition is defined by itself: a → b → a.");
}

TEST(Template, ShowsTheCircleOfResources) {
  EXPECT_EQ(evaluate(R"(heat_template_version: 2021-04-16
resources:
  a: {type: OS::Heat::None, depends_on: b}
  b: {type: OS::Heat::None, properties: {x: {get_resource: a}}}
)")
                .result,
            "t.yaml:3:3: Resources depend on each other in a circle: a → b → a.");
}

TEST(Template, EveryFunctionHasASummary) {
  for (const Function& function : functions())
    EXPECT_FALSE(summary_of(function.name).empty()) << function.name;
}

}  // namespace
}  // namespace heat
