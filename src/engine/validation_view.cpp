#include "engine/validation_view.h"

#include "engine/parameter_view.h"
#include "engine/views.h"

namespace heat {

namespace {

/// Ours, beyond the original's, and only where there are any.
List shown_warnings(const std::vector<Diagnostic>& warnings) {
  List shown;
  for (const Diagnostic& warning : warnings) {
    List path;
    for (const std::string& step : warning.path) path.push_back(step);
    Map entry{{"path", std::move(path)}, {"message", warning.message}};
    if (warning.position) {
      entry.set("line", warning.position->line);
      entry.set("column", warning.position->column);
    }
    shown.push_back(std::move(entry));
  }
  return shown;
}

/// Description, parameters and groups of a template.
Map shown_template(const StackDefinition& definition) {
  const Environment& environment = definition.environment();
  Map parameters;
  for (const auto& [name, parameter] : definition.tmpl().parameters()) {
    const Value* given = environment.parameters.find(name);  // as it was written
    const Value* value = definition.parameters().find(name);
    const bool by_default = !given && environment.parameter_defaults.find(name) != nullptr;
    ParameterSchema shown = parameter;
    if (by_default && value != nullptr) shown.schema.default_value = *value;
    parameters.set(name, shown_parameter(name, shown, given));
  }
  Map result{{"Description", described(definition.tmpl())}, {"Parameters", parameters}};
  if (definition.tmpl().parameter_groups().truthy())
    result.set("ParameterGroups", definition.tmpl().parameter_groups());
  return result;
}

Map shown_below(const Examination& examination) {
  Map nested;
  for (const auto& [resource, below] : examination.below()) {
    Map shown = shown_template(*below->definition());
    shown.set("Type", examination.definition()->tmpl().resource(resource)->type);
    if (!below->below().empty()) shown.set("NestedParameters", shown_below(*below));
    nested.set(resource, std::move(shown));
  }
  return nested;
}

}  // namespace

Value shown_validation(const Examination& examination, bool with_nested) {
  Map result = shown_template(*examination.definition());
  if (with_nested && !examination.below().empty())
    result.set("NestedParameters", shown_below(examination));
  if (const Diagnostics warnings = examination.warnings(); !warnings.empty())
    result.set("Warnings", shown_warnings(warnings.all()));
  Map shown = shown_environment(examination.definition()->environment()).as_map();
  shown.erase("encrypted_param_names");
  result.set("Environment", std::move(shown));
  return result;
}

}  // namespace heat
