// What an examination finds of each resource.
#include "resource/behaviour.h"
#include "resource/properties.h"
#include "stack/examination.h"
#include "stack/scope.h"
#include "stack/update_policy.h"

namespace heat {

void Examination::resource(const StackDefinition::Member& member, const Scope& scope, Tree& tree) {
  const auto& [definition, type] = member;
  const Path path{"resources", definition->name};
  if (definition->external_id) return external(member, scope, path);
  if (!is_made(member)) return;
  policies(member, path);
  Path at = path;
  at.push_back("properties");
  if (definition_->tmpl().unread({"resources", definition->name, "properties"})) return;
  const std::size_t before = problems_.added();
  Missing missing;
  Diagnostics failed;
  const Value written = member.properties().evaluate(scope, missing, failed);
  // Of whatever kind: here it is the template that is wrong.
  for (const Diagnostic& problem : failed.all())
    problems_.add_further(ErrorKind::StackValidationFailed, problem.message, problem.path);
  attributes(member.properties(), scope);
  attributes(definition->metadata, scope);
  Value shaped = shape(*type, written, at, problems_, questions_);
  if (contains_unknown(written)) as_if_made(member, written, at);
  if (failed.empty() && problems_.added() == before)
    sound_.push_back({type.get(), shaped, at});
  if (definition_->nested(definition->name)) stack_behind(member, shaped, scope, tree);
}

/// Neither taken as it is in the cloud, nor only a placeholder.
bool Examination::is_made(const StackDefinition::Member& member) const {
  const auto& [definition, type] = member;
  return !definition->external_id &&
         (!type->behaviour->placeholder() || definition_->nested(definition->name));
}

/// The original looks at properties as they would be of what exists, attributes being null and
/// references names (and zones are some list of texts): what fails then, or is of a wrong type, is
/// refused.
void Examination::as_if_made(const StackDefinition::Member& member, const Value& written,
                             const Path& path) {
  const auto& [definition, type] = member;
  if (type->behaviour->placeholder()) return;
  const Members none;
  ShownScope scope(*definition_, none);
  scope.know_availability_zones(*definition_->scope().availability_zones());
  Missing missing;
  Diagnostics found;
  const Expression& properties = member.properties();
  const Value all = written.is_map() ? written : properties.evaluate(scope, missing, found);
  Path at = path;
  at.emplace_back();
  bool any = false;
  Map made;
  if (all.is_map())
    for (const auto& [name, value, kind] : all.as_map())
      if (const Schema* schema = type->property(name)) {
        at.back() = name;
        // What hangs on no other resource is the same as before.
        const auto shown = contains_unknown(value)
                               ? properties.evaluate_member(name, scope, missing, found)
                               : value;
        if (!shown) continue;
        made.set(name, convert(*schema, *shown, at, found));
        any = any || schema->type == Type::Any;
      }
  // What a property of any type takes may hang on others.
  if (any && found.empty()) type->behaviour->validate(std::move(made), path, found);
  for (const Diagnostic& problem : found.all())
    problems_.add_further(ErrorKind::StackValidationFailed, problem.message, problem.path);
}

void Examination::policies(const StackDefinition::Member& member, const Path& path) {
  const auto& [definition, type] = member;
  check_update_policy(member, problems_);
  try {
    if (definition_->scope().deletion_policy(*definition) != DeletionPolicy::Snapshot) return;
  } catch (const Error& error) {
    problems_.add_further(ErrorKind::StackValidationFailed, error.message(),
                          error.path().empty() ? path : error.path());
    return;
  }
  const std::string unsupported = "\"Snapshot\" deletion policy not supported";
  if (const auto why = type->cannot.find("snapshot_on_delete"); why != type->cannot.end())
    problems_.add(ErrorKind::StackValidationFailed, unsupported + " - " + why->second + ".", path);
  else if (!type->can.contains("snapshot_on_delete"))
    problems_.add(ErrorKind::StackValidationFailed,
                  unsupported + " by " + type->name + "; use Delete or Retain.", path);
}

void Examination::external(const StackDefinition::Member& member, const Scope& scope,
                           const Path& path) {
  Missing missing;
  Diagnostics failed;
  member.definition->external_id->evaluate(scope, missing, failed);
  for (const Diagnostic& problem : failed.all())
    problems_.add_further(ErrorKind::StackValidationFailed, problem.message, problem.path);
  if (failed.empty())
    externals_.push_back(
        {member.type.get(), definition_->scope().external_id(*member.definition), path});
}

/// Refuses what names an attribute that there is not, also where no evaluation would come to it.
/// Of metadata and outputs the original reads no more before it makes a resource, or shows an
/// output.
void Examination::attributes(const Expression& snippet, const Scope& scope) {
  Diagnostics found;
  snippet.check(scope, CheckFor::Attributes, found);
  for (const Diagnostic& problem : found.all())
    problems_.add_further(problem.kind, problem.message, problem.path);
}

}  // namespace heat
