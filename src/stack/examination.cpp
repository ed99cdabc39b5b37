#include "stack/examination.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "stack/dependencies.h"
#include "stack/scope.h"
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
  const SuggestionLimit limit;
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

}  // namespace heat
