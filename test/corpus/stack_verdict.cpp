#include "stack_verdict.h"

#include <algorithm>
#include <set>

#include "cli/bundle.h"
#include "engine/definition_request.h"
#include "stack/examination.h"

namespace heat::corpus {

namespace {

/// What was not looked at when the collection was judged: values of properties, the stacks behind
/// resources, circles, values that parameters don't have.
bool is_deeper(const Diagnostic& problem) {
  static const std::set<std::string> functions = {"get_attr", "get_resource", "get_file"};
  const Path& path = problem.path;
  const bool nested = std::ranges::any_of(
      path, [](const std::string& step) { return step.find('<') != step.npos; });
  const bool of_properties = path.size() > 2 && path[0] == "resources" && path[2] == "properties" &&
                             !functions.contains(path.back());
  return nested || of_properties || problem.kind == ErrorKind::CircularDependencyException;
}

}  // namespace

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
    std::erase_if(examination.problems().all(), is_deeper);
    for (Diagnostic& problem : examination.problems().all())  // has its own name in a whole stack
      if (problem.kind == ErrorKind::InvalidTemplateReference)
        problem.kind = ErrorKind::StackValidationFailed;
    examination.problems().raise();
    verdict.whole = {"OK", ""};
  } catch (const Error& error) {
    verdict.whole = Verdict::of(error);
  }
  return verdict;
}

}  // namespace heat::corpus
