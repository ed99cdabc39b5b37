#include "stack/examination.h"

#include <algorithm>

#include "resource/behaviour.h"
#include "resource/properties.h"
#include "stack/dependencies.h"
#include "stack/outlook.h"
#include "stack/scope.h"
#include "template/check.h"

namespace heat {

namespace {

/// Most of what is wrong in a definition has one name for clients.
bool has_name_of_its_own(const Diagnostic& problem) {
  switch (problem.kind) {
    case ErrorKind::UserParameterMissing:
      return problem.path.size() == 2 && problem.path[0] == "parameters";
    case ErrorKind::InvalidTemplateSection:
    case ErrorKind::InvalidTemplateAttribute:
    case ErrorKind::ValueError:
      return false;
    default:
      return true;
  }
}

bool has_cycle(const Diagnostics& problems) {
  return std::ranges::find(problems.all(), ErrorKind::CircularDependencyException,
                           &Diagnostic::kind) != problems.all().end();
}

}  // namespace

Examination::Examination(const DefinitionRow& row, const Parameters::Pseudo& pseudo,
                         const Registry& registry, const Members& members,
                         Parameters::Values values)
    : definition_(StackDefinition::load(row, pseudo, registry, problems_, questions_, values)) {
  check_template(definition_->scope(), problems_);
  if (!has_cycle(problems_)) dependencies(*definition_, members, problems_);
  // What resources have now says nothing of what they will have when it is read.
  PlanScope scope(*definition_, members);
  for (const auto& member : definition_->members())
    scope.will_change(member.definition->name, true);
  for (const auto& member : definition_->members()) resource(member, scope);
  outputs(scope);
  // A template that is judged by itself need not find them.
  if (values == Parameters::Values::Optional) externals_.clear();
  Diagnostics findings;
  check_outlook(*definition_, findings);
  for (const Diagnostic& finding : findings.all())
    if (!problems_.at(finding.path))
      warnings_.add_further(finding.kind, finding.message, finding.path);
}

void Examination::resource(const StackDefinition::Member& member, const Scope& scope) {
  const auto& [definition, type] = member;
  const Path path{"resources", definition->name};
  if (definition->external_id) return external(member, path);
  policies(member, path);
  Path at = path;
  at.push_back("properties");
  if (definition_->tmpl().unread(at)) return;
  const std::size_t before = problems_.all().size();
  Missing missing;
  Diagnostics failed;
  const Value written = definition->properties.evaluate(scope, missing, failed);
  definition->metadata.evaluate(scope, missing, failed);
  // Of whatever kind: here it is the template that is wrong.
  for (const Diagnostic& problem : failed.all())
    problems_.add_further(ErrorKind::StackValidationFailed, problem.message, problem.path);
  Value shaped = shape(*type, written, at, problems_, questions_);
  if (contains_unknown(written)) as_if_made(member, at);
  if (failed.empty() && problems_.all().size() == before)
    sound_.push_back({type.get(), std::move(shaped), std::move(at)});
}

/// The original looks at properties as they would be of what exists, attributes being null and
/// references names: what is of a wrong type then is refused.
void Examination::as_if_made(const StackDefinition::Member& member, const Path& path) {
  const auto& [definition, type] = member;
  const Members none;
  const ShownScope scope(*definition_, none);
  Missing missing;
  Diagnostics known, found;
  const Value written = definition->properties.evaluate(scope, missing, known);
  if (!written.is_map() || type->behaviour->placeholder()) return;
  for (const auto& [name, value, kind] : written.as_map())
    if (const Schema* schema = type->property(name)) {
      Path at = path;
      at.push_back(name);
      convert(*schema, value, at, found);
    }
  for (const Diagnostic& problem : found.all())
    problems_.add_further(problem.kind, problem.message, problem.path);
}

void Examination::policies(const StackDefinition::Member& member, const Path& path) {
  const auto& [definition, type] = member;
  try {
    if (definition_->scope().deletion_policy(*definition) != DeletionPolicy::Snapshot) return;
  } catch (const Error& error) {
    problems_.add_further(error.kind(), error.message(),
                          error.path().empty() ? path : error.path());
    return;
  }
  if (!type->can.contains("snapshot_on_delete"))
    problems_.add(
        ErrorKind::StackValidationFailed,
        "\"Snapshot\" deletion policy not supported by " + type->name + "; use Delete or Retain.",
        path);
}

void Examination::external(const StackDefinition::Member& member, const Path& path) {
  try {
    externals_.push_back(
        {member.type.get(), definition_->scope().external_id(*member.definition), path});
  } catch (const Error& error) {
    problems_.add_further(error.kind(), error.message(),
                          error.path().empty() ? path : error.path());
  }
}

/// An output that fails is shown with its error; only an attribute that there is not is refused.
void Examination::outputs(const Scope& scope) {
  for (const OutputDefinition* output : definition_->outputs()) {
    Missing missing;
    Diagnostics failed;
    output->value.evaluate(scope, missing, failed);
    for (const Diagnostic& problem : failed.all()) {
      if (problems_.at(problem.path)) continue;
      const bool refused = problem.kind == ErrorKind::InvalidTemplateAttribute;
      (refused ? problems_ : warnings_).add(problem.kind, problem.message, problem.path);
    }
  }
}

void Examination::conclude() {
  for (Diagnostics* found : {&problems_, &warnings_}) {
    for (Diagnostic& problem : found->all())
      if (!has_name_of_its_own(problem)) problem.kind = ErrorKind::StackValidationFailed;
    found->remove_repeated();
    arrange(*found, definition_->tmpl());
  }
}

}  // namespace heat
