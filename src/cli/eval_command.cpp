#include <cstdio>

#include "cli/commands.h"
#include "cli/eval_view.h"
#include "cli/report.h"
#include "cli/request.h"
#include "engine/definition_request.h"

namespace heat::cli {

namespace {

/// The definition as a server would accept it, but for what only the cloud can tell.
std::shared_ptr<const StackDefinition> accepted(const Bundle& bundle, const Options& options,
                                                const Registry& registry) {
  StackRequest request;
  request.template_source = bundle.template_value();
  request.files = bundle.files();
  request.environment_files = bundle.environment_names();
  request.parameters = given_parameters(options);
  VirtualLoop loop;
  DefinitionRow row = definition_of(request, nullptr, "", EngineSettings());
  return sync_wait(loop,
                   accept(std::move(row), pseudo_parameters(options), registry, {}, {}, loop));
}

int evaluate(const Bundle& bundle, const Options& options) {
  Registry registry;
  options.add_types(registry);
  Rehearsal rehearsal(accepted(bundle, options, registry), pseudo_parameters(options), registry);
  Diagnostics problems;
  const bool dot = options.format == Format::Dot;
  const Value result =
      evaluation(rehearsal, {options.with_resources, options.with_graph || dot}, problems);
  const std::string text = show_evaluation(rehearsal, result, options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  problems.raise();
  return Done;
}

}  // namespace

int evaluate_template(const Options& options) {
  const Bundle bundle = read_template(options);
  try {
    return evaluate(bundle, options);
  } catch (const Error& error) {
    tell("error", problems_of(error, &bundle));
    return Failed;
  }
}

}  // namespace heat::cli
