// The time that templates take: template_bench parse|validate|evaluate|again PASSES GIVEN FILE...
// Prints the microseconds of CPU that the quickest pass over all files took, and how many were not
// refused. GIVEN is a JSON file with a list: for each file a map of the environment and the files
// that come with it.
//
//   parse      text to values, with the place of each
//   validate   as the API does without a cloud: document, parameters, functions, references, types
//   evaluate   values to every resource's properties and metadata, and every output
//   again      the same of a template that is loaded
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>

#include "async/virtual_loop.h"
#include "engine/definition_request.h"
#include "text/write.h"
#include "types/types.h"

namespace heat {
namespace {

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

double cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// What a pass does with one file, prepared before the clock runs.
using Work = std::function<void()>;

bool accepted(const Work& work) {
  try {
    work();
    return true;
  } catch (const Error&) {  // templates that are refused are part of the work
    return false;
  }
}

const Parameters::Pseudo kPseudo{"bench", "id", "project", "RegionOne"};

Work parse(const std::string& file) {
  return [text = read(file)] { Document::read(text, "template"); };
}

Work validate(const std::string& file, const Value& given, const Registry& registry) {
  DefinitionRow row;
  row.template_source = Document::read(read(file), file).root();
  row.environment = given["environment"];
  row.files = given["files"];
  row.parameters = row.environment["parameters"];
  return [row, &registry] {
    VirtualLoop loop;
    sync_wait(loop, accept(row, kPseudo, registry, {}, {}, loop, Parameters::Values::Optional));
  };
}

std::shared_ptr<const TemplateScope> loaded(const Document& document, const Value& given) {
  Diagnostics problems;
  Questions questions;
  const auto tmpl = Template::parse(document, problems);
  const Environment environment = Environment::parse(Document::of(given["environment"]));
  auto parameters = Parameters::resolve(*tmpl, environment, kPseudo, problems, questions,
                                        Parameters::Values::Optional);
  return std::make_shared<TemplateScope>(tmpl, std::move(parameters), given["files"]);
}

void evaluate_all(const TemplateScope& scope) {
  const auto evaluated = [&scope](const Expression& expression) {
    Missing missing;
    Diagnostics failed;  // the rest is evaluated all the same
    expression.evaluate(scope, missing, failed);
  };
  for (const ResourceDefinition& resource : scope.tmpl().resources()) {
    evaluated(resource.properties);
    evaluated(resource.metadata);
  }
  for (const OutputDefinition& output : scope.tmpl().outputs()) evaluated(output.value);
}

Work evaluate(const std::string& file, const Value& given) {
  return [document = Document::read(read(file), file), given] {
    evaluate_all(*loaded(document, given));
  };
}

Work again(const std::string& file, const Value& given) {
  return [scope = loaded(Document::read(read(file), file), given)] { evaluate_all(*scope); };
}

int run(const std::string& operation, int passes, const Value& given,
        const std::vector<std::string>& files) {
  Registry registry;
  register_types(registry);
  std::vector<Work> all;
  for (std::size_t i = 0; i < files.size(); ++i)
    all.push_back(operation == "parse"      ? parse(files[i])
                  : operation == "validate" ? validate(files[i], given[i], registry)
                  : operation == "evaluate" ? evaluate(files[i], given[i])
                                            : again(files[i], given[i]));
  std::ptrdiff_t count = 0;
  double quickest = std::numeric_limits<double>::max();
  for (int pass = 0; pass < passes; ++pass) {
    const double begin = cpu_microseconds();
    count = std::ranges::count_if(all, accepted);
    quickest = std::min(quickest, cpu_microseconds() - begin);
  }
  std::printf("%.1f %td\n", quickest, count);
  return 0;
}

}  // namespace
}  // namespace heat

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  return heat::run(argv[1], std::atoi(argv[2]), heat::from_json(heat::read(argv[3])),
                   {argv + 4, argv + argc});
}
