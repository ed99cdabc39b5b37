// How an examination tells what it found.
#include "resource/behaviour.h"
#include "stack/examination.h"
#include "stack/nested.h"
#include "stack/outlook.h"
#include "stack/scope.h"

namespace heat {

void Examination::conclude() { settle(problems_); }

void Examination::settle(Diagnostics& found) const {
  for (Diagnostic& problem : found.all())
    if (problem.kind == ErrorKind::InvalidTemplateSection)  // has no name of its own for clients
      problem.kind = ErrorKind::StackValidationFailed;
  found.remove_repeated();
  arrange(found, definition_->tmpl());
}

Diagnostics Examination::warnings() const {
  const SuggestionLimit limit;
  Diagnostics found, findings;
  const Members none;
  const PlanScope scope(*definition_, none);
  const auto evaluate = [&](const Expression& snippet) {
    Missing missing;
    snippet.evaluate(scope, missing, findings);
  };
  for (const auto& member : definition_->members())
    if (is_made(member)) evaluate(member.definition->metadata);
  for (const OutputDefinition* output : definition_->outputs()) evaluate(output->value);
  check_outlook(*definition_, findings);
  for (const Diagnostic& finding : findings.all())
    found.add_further(ErrorKind::StackValidationFailed, finding.message, finding.path);
  for (const auto& [resource, below] : below_) {
    const Diagnostics theirs = below->warnings();
    for (const Diagnostic& warning : theirs.all())
      found.add(of_template_below(warning, resource, definition_->nested(resource)->file));
  }
  settle(found);
  std::erase_if(found.all(), [this](const Diagnostic& one) { return problems_.at(one.path); });
  return found;
}

}  // namespace heat
