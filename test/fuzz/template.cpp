#include "fuzz/template.h"

#include "fuzz/fuzz.h"
#include "template/check.h"
#include "text/write.h"

namespace heat::fuzz {

namespace {

constexpr std::size_t kSizeLimit = 524288;

void evaluate(const Expression& expression, const Scope& scope) {
  expect_no_more_than_error([&] {
    Missing missing;
    (void)expression.evaluate(scope, missing);
  });
}

}  // namespace

void feed_template(std::string_view text) {
  expect_no_more_than_error([&] {
    Diagnostics problems;
    Questions questions;
    const auto tmpl = Template::parse(text, "t", kSizeLimit, problems);
    auto parameters = Parameters::resolve(*tmpl, {}, {"stack", "id", "project", "region"}, problems,
                                          questions, Parameters::Values::Optional);
    (void)parameters.shown();
    const TemplateScope scope(tmpl, std::move(parameters), Map{{"a.sh", "#!/bin/sh\n"}});
    check_template(scope, problems);
    locate(problems, *tmpl);
    for (const Diagnostic& problem : problems.all())
      expect(!problem.message.empty(), "a problem is not told");
    for (const ResourceDefinition& resource : tmpl->resources()) {
      expect_no_more_than_error([&] { (void)scope.enabled(resource); });
      expect_no_more_than_error([&] { (void)scope.required_by(resource); });
      evaluate(resource.properties, scope);
      evaluate(resource.metadata, scope);
    }
    for (const OutputDefinition& output : tmpl->outputs()) evaluate(output.value, scope);
  });
}

}  // namespace heat::fuzz
