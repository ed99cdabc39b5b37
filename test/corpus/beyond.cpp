#include "beyond.h"

#include "stack/examination.h"

namespace heat::corpus {

namespace {

bool is_of_a_lone_file(const Diagnostic& problem) {
  const auto says = [&](const char* words) {
    return problem.message.find(words) != std::string::npos;
  };
  return says("among the files given") || says("among those given") || says("is not known here");
}

}  // namespace

std::vector<std::string> findings_beyond(const std::string& text, const std::string& name,
                                         const Registry& registry) {
  DefinitionRow row;
  row.template_source = text;
  row.files = Map();
  row.parameters = Map();
  std::vector<std::string> findings;
  try {
    Examination examination(row, {"stack", "id", "project", "region"}, registry, Members(),
                            Parameters::Values::Optional);
    examination.conclude();
    for (const Diagnostic& problem : examination.problems().all())
      if (!is_of_a_lone_file(problem))
        findings.push_back(name + ": " + to_string(problem.path) + ": " + problem.message);
  } catch (const Error& error) {
    findings.push_back(name + ": " + error.what());
  }
  return findings;
}

}  // namespace heat::corpus
