#include "stack/examination.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/utf8.h"
#include "resource/behaviour.h"
#include "resource/properties.h"
#include "stack/dependencies.h"
#include "stack/outlook.h"
#include "stack/scope.h"
#include "stack/update_policy.h"
#include "template/check.h"

namespace heat {

namespace {

bool has_cycle(const Diagnostics& problems) {
  return std::ranges::find(problems.all(), ErrorKind::CircularDependencyException,
                           &Diagnostic::kind) != problems.all().end();
}

// Of a tree, whatever the limits say: an examination must end.
constexpr std::size_t kMostStacks = 10'000;
constexpr std::size_t kMostCharacters = 32 * 1024 * 1024;

}  // namespace

/// The tree of stacks, as far as it is examined.
struct Examination::Tree {
  const Registry& registry;
  TreeLimits limits;
  Parameters::Values values;       ///< of the root
  std::vector<std::string> files;  ///< templates from the root to where we are, the root's left out
  std::string stack_name;          ///< of where we are
  Parameters::Pseudo root;
  std::size_t stacks = 1;
  std::size_t resources = 0;
  std::size_t characters = 0;  ///< of all templates, each as often as it is used
  bool told = false;           ///< that it is full

  bool full() const {
    return stacks > kMostStacks ||
           (limits.resources >= 0 && resources > static_cast<std::size_t>(limits.resources));
  }
};

Examination::Examination(const DefinitionRow& row, const Parameters::Pseudo& pseudo,
                         const Registry& registry, const Members& members,
                         Parameters::Values values, TreeLimits limits) {
  Tree tree{registry, limits, values, {}, pseudo.stack_name, pseudo};
  examine(row, pseudo, members, values, tree, {});
}

void Examination::examine(const DefinitionRow& row, const Parameters::Pseudo& pseudo,
                          const Members& members, Parameters::Values values, Tree& tree,
                          TemplatePlace place) {
  definition_ = StackDefinition::load(row, pseudo, tree.registry, problems_, questions_, values,
                                      std::move(place));
  tree.resources += definition_->members().size();
  check_template(definition_->scope(), problems_, definition_->placeholders());
  if (!has_cycle(problems_)) dependencies(*definition_, members, problems_);
  // What resources have now says nothing of what they will have when it is read.
  const Members none;
  const PlanScope scope(*definition_, none);
  problems_.enter(Stage::Contents);
  for (const auto& member : definition_->members()) resource(member, scope, tree);
  problems_.enter(Stage::Outputs);
  for (const OutputDefinition* output : definition_->outputs()) attributes(output->value, scope);
  // A template that is judged by itself need not find them.
  if (tree.values == Parameters::Values::Optional) externals_.clear();
}

void Examination::resource(const StackDefinition::Member& member, const Scope& scope, Tree& tree) {
  const auto& [definition, type] = member;
  const Path path{"resources", definition->name};
  if (definition->external_id) return external(member, scope, path);
  if (!is_made(member)) return;
  policies(member, path);
  Path at = path;
  at.push_back("properties");
  if (definition_->tmpl().unread({"resources", definition->name, "properties"})) return;
  const std::size_t before = problems_.all().size();
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
  if (failed.empty() && problems_.all().size() == before)
    sound_.push_back({type.get(), shaped, at});
  if (definition_->nested(definition->name)) stack_behind(member, shaped, scope, tree);
}

/// Neither taken as it is in the cloud, nor only a placeholder.
bool Examination::is_made(const StackDefinition::Member& member) const {
  const auto& [definition, type] = member;
  return !definition->external_id &&
         (!type->behaviour->placeholder() || definition_->nested(definition->name));
}

/// Why the tree can't grow by a stack of that template; empty where it can.
std::string Examination::too_much(const std::string& file, Tree& tree) const {
  if (static_cast<int>(tree.files.size()) >= tree.limits.depth) {
    std::string chain;
    for (const std::string& above : tree.files) chain += above + " → ";
    return "Templates are nested more than " + std::to_string(tree.limits.depth) +
           " deep (max_nested_stack_depth): " + chain + file + ".";
  }
  const std::size_t size = count_points(definition_->files()[file].as_string());
  if (size > tree.limits.characters)
    return "The template " + file + " has " + std::to_string(size) + " characters; at most " +
           std::to_string(tree.limits.characters) + " are allowed (max_template_size).";
  tree.characters += size;
  if (tree.characters > kMostCharacters)
    return "The templates of the tree have more than " + std::to_string(kMostCharacters) +
           " characters together.";
  return {};
}

void Examination::stack_behind(const StackDefinition::Member& member, const Value& properties,
                               const Scope& scope, Tree& tree) {
  if (tree.full()) return;  // told where it was filled
  const auto& [definition, type] = member;
  const std::string& file = definition_->nested(definition->name)->file;
  const Path path{"resources", definition->name};
  if (const auto known = tree.registry.find(definition->type))
    check_stand_in(*type, *known, path, problems_);
  if (std::string why = too_much(file, tree); !why.empty())
    return problems_.add(ErrorKind::StackValidationFailed, std::move(why), path);
  Path at = path;
  at.push_back("properties");
  const Value parameters = parameters_below(*type, properties, at, problems_);
  const std::string name_above = tree.stack_name;
  tree.stack_name += "-" + definition->name;
  tree.files.push_back(file);
  ++tree.stacks;
  const std::shared_ptr<Examination> below(new Examination());
  below->examine(definition_->below(definition->name, parameters),
                 {tree.stack_name, "", tree.root.project_id, tree.root.region}, Members(),
                 Parameters::Values::Optional, tree, definition_->place_below(*definition, scope));
  if (tree.full() && !std::exchange(tree.told, true))
    below->problems_.add(ErrorKind::StackValidationFailed,
                         "With this stack the tree has more resources than are allowed, " +
                             std::to_string(tree.limits.resources) + " (max_resources_per_stack).",
                         {});
  tree.files.pop_back();
  tree.stack_name = name_above;
  take_over(definition->name, below);
}

std::set<std::string> Examination::missing_templates() const {
  std::set<std::string> missing = definition_->missing_templates();
  for (const auto& [resource, below] : below_) missing.merge(below->missing_templates());
  return missing;
}

/// What was found in the stack behind a resource is told here.
void Examination::take_over(const std::string& resource, std::shared_ptr<Examination> below) {
  below->conclude();
  const auto told_here = [&](const Diagnostic& problem) {
    return of_template_below(problem, resource, definition_->nested(resource)->file);
  };
  for (const Diagnostic& problem : below->problems_.all()) problems_.add(told_here(problem));
  const auto path_here = [&](const Path& path) { return told_here({{}, {}, path, {}}).path; };
  for (Question& question : below->questions_) {
    question.path = path_here(question.path);
    questions_.push_back(std::move(question));
  }
  for (Sound& sound : below->sound_) {
    sound.path = path_here(sound.path);
    sound_.push_back(std::move(sound));
  }
  for (External& external : below->externals_) {
    external.path = path_here(external.path);
    externals_.push_back(std::move(external));
  }
  below_.emplace(resource, std::move(below));
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

void Examination::conclude() { settle(problems_); }

void Examination::settle(Diagnostics& found) const {
  for (Diagnostic& problem : found.all())
    if (problem.kind == ErrorKind::InvalidTemplateSection)  // has no name of its own for clients
      problem.kind = ErrorKind::StackValidationFailed;
  found.remove_repeated();
  arrange(found, definition_->tmpl());
}

Diagnostics Examination::warnings() const {
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
  for (const auto& [resource, below] : below_)
    for (const Diagnostic& warning : below->warnings().all())
      found.add(of_template_below(warning, resource, definition_->nested(resource)->file));
  settle(found);
  std::erase_if(found.all(), [this](const Diagnostic& one) { return problems_.at(one.path); });
  return found;
}

}  // namespace heat
