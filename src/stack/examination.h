#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "stack/definition.h"
#include "stack/member.h"

namespace heat {

/// How much a tree of stacks may hold.
struct TreeLimits {
  int depth = 5;         ///< levels below the root (max_nested_stack_depth)
  int resources = 1000;  ///< of all stacks together (max_resources_per_stack); -1: no limit
  std::size_t characters = 524288;  ///< of each template (max_template_size)
};

/// What is to be said of a definition before anything of it is carried out, found in one go: of its
/// sections, parameters, types, references, properties and outputs. What only follows from another
/// problem is not said. The stacks behind resources whose types are templates are examined with it:
/// what is wrong there is told by its place in that template. Pure; what only the cloud can tell is
/// left as questions.
class Examination {
 public:
  /// Properties as the type's behaviour reads them, nothing wrong with them.
  struct Sound {
    const ResourceType* type;
    Value properties;
    Path path;
  };

  /// A resource that the stack takes as it is in the cloud.
  struct External {
    const ResourceType* type;
    std::string id;
    Path path;
  };

  /// `members`: what the stack already has. Throws what can't be understood at all.
  Examination(const DefinitionRow& row, const Parameters::Pseudo& pseudo, const Registry& registry,
              const Members& members, Parameters::Values values, TreeLimits limits = {});

  const std::shared_ptr<const StackDefinition>& definition() const { return definition_; }
  /// What the definition is refused for. The one found first decides what clients call it: it is
  /// the one that the original would have told alone.
  Diagnostics& problems() { return problems_; }
  /// What is wrong and yet no reason to refuse: the original runs such a stack. Asked for once the
  /// examination is concluded, and worked out then: who makes a stack takes no interest in it.
  Diagnostics warnings() const;
  Questions& questions() { return questions_; }
  const std::vector<Sound>& sound() const { return sound_; }
  const std::vector<External>& externals() const { return externals_; }
  /// Templates of the tree that are types, but not among the files.
  std::set<std::string> missing_templates() const;
  /// Of the stacks behind resources, by resource.
  const std::map<std::string, std::shared_ptr<Examination>>& below() const { return below_; }

  /// Once nothing is added any more: every problem gets its place and the name that clients know,
  /// and they stand in the order of the template.
  void conclude();

 private:
  struct Tree;
  Examination() = default;
  void examine(const DefinitionRow& row, const Parameters::Pseudo& pseudo, const Members& members,
               Parameters::Values values, Tree& tree, TemplatePlace place);
  void resource(const StackDefinition::Member& member, const Scope& scope, Tree& tree);
  bool is_made(const StackDefinition::Member& member) const;
  std::string too_much(const std::string& file, Tree& tree) const;
  void stack_behind(const StackDefinition::Member& member, const Value& properties,
                    const Scope& scope, Tree& tree);
  void take_over(const std::string& resource, std::shared_ptr<Examination> below);
  void as_if_made(const StackDefinition::Member& member, const Value& written, const Path& path);
  void external(const StackDefinition::Member& member, const Scope& scope, const Path& path);
  void policies(const StackDefinition::Member& member, const Path& path);
  void attributes(const Expression& snippet, const Scope& scope);
  void settle(Diagnostics& found) const;

  Diagnostics problems_;
  Questions questions_;
  std::shared_ptr<const StackDefinition> definition_;  // loading it fills the above
  std::vector<Sound> sound_;
  std::vector<External> externals_;
  std::map<std::string, std::shared_ptr<Examination>> below_;
};

}  // namespace heat
