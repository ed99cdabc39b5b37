#include "stack_verdict.h"

#include "cli/bundle.h"
#include "engine/definition_request.h"
#include "stack/examination.h"

namespace heat::corpus {

StackVerdict judge_stack(const std::string& folder, const Row& row, const Registry& registry) {
  const std::string tree = folder + "/stacks/" + row.at("tree") + "/";
  std::vector<std::string> environments;
  if (!row.at("environment").empty()) environments.push_back(tree + row.at("environment"));
  StackVerdict verdict;
  StackRequest request;
  try {
    const auto bundle = cli::Bundle::read(tree + row.at("template"), environments);
    request.template_source = bundle.template_value();
    request.files = bundle.files();
    request.environment_files = bundle.environment_names();
    verdict.client = {"OK", ""};
  } catch (const Error& error) {
    verdict.client = {"OSError", error.what()};
    return verdict;
  }
  try {
    const DefinitionRow definition = definition_of(request, nullptr, "", EngineSettings());
    Examination examination(definition, {"stack", "id", "project", "region"}, registry, Members(),
                            Parameters::Values::Optional);
    examination.conclude();
    examination.problems().raise();
    verdict.whole = {"OK", ""};
  } catch (const Error& error) {
    verdict.whole = Verdict::of(error);
  }
  return verdict;
}

}  // namespace heat::corpus
