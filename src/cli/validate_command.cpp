#include <cstdio>
#include <optional>

#include "base/error.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/report.h"
#include "cli/request.h"
#include "engine/definition_request.h"
#include "engine/validation_view.h"
#include "text/write.h"

namespace heat::cli {

namespace {

/// What was found out about a template.
struct Verdict {
  std::vector<Diagnostic> problems, warnings;
  Questions unchecked;  ///< what only a cloud could tell
  Value answer;         ///< what the API answers of a template that is right

  bool valid() const { return problems.empty(); }
};

/// Without a server: by the built-in resource types.
Verdict judged_here(const Bundle& bundle, const Options& options) {
  Registry registry;
  options.add_types(registry);
  StackRequest request;
  request.template_source = bundle.template_value();
  request.files = bundle.files();
  request.environment_files = bundle.environment_names();
  request.parameters = given_parameters(options);
  Examination examination(definition_of(request, nullptr, "", EngineSettings()),
                          pseudo_parameters(options), registry, Members(),
                          Parameters::Values::Optional);
  examination.conclude();
  Verdict verdict{
      examination.problems().all(), examination.warnings().all(), examination.questions(), {}};
  if (verdict.valid()) verdict.answer = shown_validation(examination, false);
  return verdict;
}

std::vector<Diagnostic> warnings_of(const Value& answer) {
  std::vector<Diagnostic> warnings;
  const Value& list = answer["Warnings"];
  if (!list.is_list()) return warnings;
  for (const Value& warning : list.as_list())
    warnings.push_back({ErrorKind::StackValidationFailed,
                        warning["message"].string_or(""),
                        path_of(warning["path"]),
                        {}});
  return warnings;
}

Verdict judged_by_server(const Bundle& bundle, const Options& options) {
  Client client(options.cloud);
  Verdict verdict;
  verdict.answer = client.send("POST", "/validate", request_body(bundle, options));
  verdict.warnings = warnings_of(verdict.answer);
  return verdict;
}

Verdict judge(const Options& options) {
  std::optional<Bundle> bundle;
  Verdict verdict;
  try {
    bundle = read_template(options);
    verdict = options.offline ? judged_here(*bundle, options) : judged_by_server(*bundle, options);
  } catch (const Error& error) {
    if (error.http_status() != 400) throw;
    verdict.problems = problems_of(error, nullptr);
  }
  if (bundle)
    for (auto* found : {&verdict.problems, &verdict.warnings})
      for (Diagnostic& one : *found) bundle->place(one);
  return verdict;
}

List as_json(const std::vector<Diagnostic>& found) {
  List list;
  for (const Diagnostic& one : found) {
    Map entry{
        {"type", info(one.kind).name}, {"path", to_string(one.path)}, {"message", one.message}};
    if (one.position) {
      entry.set("file", one.position->file);
      entry.set("line", one.position->line);
      entry.set("column", one.position->column);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Value as_json(const Verdict& verdict) {
  List unchecked;
  for (const Question& question : verdict.unchecked)
    unchecked.push_back(Map{{"constraint", question.constraint},
                            {"value", question.value},
                            {"path", to_string(question.path)}});
  return Map{{"valid", verdict.valid()},
             {"problems", as_json(verdict.problems)},
             {"warnings", as_json(verdict.warnings)},
             {"unchecked", std::move(unchecked)},
             {"template", verdict.answer}};
}

void show(const Verdict& verdict) {
  tell("error", verdict.problems);
  tell("warning", verdict.warnings);
  if (!verdict.unchecked.empty()) {
    std::fprintf(stderr, "note: Only a cloud can tell whether there are:\n");
    for (const Question& question : verdict.unchecked)
      std::fprintf(stderr, "  %s %s (%s)\n", question.constraint.c_str(),
                   to_json(question.value).c_str(), to_string(question.path).c_str());
  }
}

}  // namespace

int validate_template(const Options& options) {
  const Verdict verdict = judge(options);
  if (options.format == Format::Json) {
    const std::string text = to_pretty_json(as_json(verdict)) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    return verdict.valid() ? Done : Failed;
  }
  show(verdict);
  if (!verdict.valid()) return Failed;
  Map answer = verdict.answer.as_map();
  answer.erase("Warnings");
  const std::string text = show_map(std::move(answer), options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Done;
}

}  // namespace heat::cli
