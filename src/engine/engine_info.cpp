#include <algorithm>

#include "engine/definition_request.h"
#include "engine/engine.h"
#include "engine/service_report.h"
#include "engine/validation_view.h"
#include "engine/views.h"
#include "template/function.h"
#include "template/version.h"

namespace heat {

Task<Value> Engine::validate_template(Context context, StackRequest request) {
  const auto session = session_of(context);
  StackRow stack;
  stack.name = "dummy";
  stack.project_id = context.project_id;
  const bool show_nested = request.args["show_nested"].truthy();
  const DefinitionRow row = definition_of(co_await with_template(std::move(request)), nullptr,
                                          parts_.random.uuid(), parts_.settings);
  const Members none;
  const auto examination =
      co_await examine(row, pseudo(stack), parts_.registry, none, reach(session.get()), parts_.loop,
                       Parameters::Values::Optional);
  examination->problems().raise();
  co_return shown_validation(*examination, show_nested);
}

Task<Value> Engine::list_template_versions(Context) {
  List versions;
  for (const Version& version : kVersions) {
    List aliases;
    if (!version.name.empty())
      aliases.push_back(std::string(version.key) + "." + std::string(version.name));
    versions.push_back(Map{{"version", version.str()},
                           {"type", std::string(to_string(version.language))},
                           {"aliases", std::move(aliases)}});
  }
  co_return versions;
}

Task<Value> Engine::list_template_functions(Context, std::string version, bool with_conditions) {
  const Version* found = find_version(version);
  if (found == nullptr)
    throw Error(ErrorKind::NotFound, "Template with version " + version + " not found.");
  std::vector<std::string> names = function_names(*found, Place::Value);
  if (with_conditions) {
    for (std::string& name : function_names(*found, Place::Condition))
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  List functions;
  for (const std::string& name : names)
    functions.push_back(Map{{"functions", name}, {"description", std::string(summary_of(name))}});
  co_return functions;
}

Task<Value> Engine::list_services(Context) {
  List services;
  for (const ServiceRow& row : co_await parts_.store.services())
    services.push_back(shown_service(row, parts_.loop.now()));
  co_return services;
}

Task<std::string> Engine::get_revision(Context) { co_return parts_.settings.revision; }

}  // namespace heat
