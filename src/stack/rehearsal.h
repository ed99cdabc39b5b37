#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "async/virtual_loop.h"
#include "base/random.h"
#include "graph/graph.h"
#include "stack/definition.h"
#include "stack/member.h"
#include "stack/scope.h"

namespace heat {

/// A stack made without a cloud. A resource whose type has no effect outside (Value, RandomString,
/// TestResource …) is created by its own behaviour, on a clock that jumps; one whose type is a
/// template, as a rehearsal of its own. Of any other its properties are worked out as far as they
/// hang on nothing that only the cloud tells, and its reference and attributes stay Unknown. The
/// same definition gives the same every time, random texts included: they are no secrets.
class Rehearsal {
 public:
  struct Part {
    const StackDefinition::Member* member;
    Value properties;  ///< evaluated; null where the template gives none
    Missing needs;     ///< what the Unknown parts of them hang on
    bool made = false;
    std::unique_ptr<Rehearsal> below = {};  ///< of a resource whose type is a template
  };

  /// Throws Error where resources need each other in a circle, where templates are nested too deep,
  /// and what making a resource throws. `depth`: stacks around this one.
  Rehearsal(std::shared_ptr<const StackDefinition> definition, Parameters::Pseudo pseudo,
            const Registry& registry, int depth = 0);
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;

  const StackDefinition& definition() const { return *definition_; }
  /// By the number that they have in the definition and in the graph.
  const std::vector<Part>& parts() const { return parts_; }
  const Graph& graph() const { return graph_; }
  /// The row of a resource, made or not.
  const ResourceRow& row(const std::string& resource) const {
    return members_.current(resource)->row;
  }

  /// The value where all that could be made is; see Expression::evaluate.
  Value evaluate(const Expression& expression, Missing& missing);

 private:
  void make(Part& part);
  void create(Part& part, Member& member);
  void begin_below(Part& part, Member& member);
  bool fetch(const Missing& missing);
  std::optional<Value> read(const Part& part, const std::string& attribute);

  std::shared_ptr<const StackDefinition> definition_;
  Parameters::Pseudo pseudo_;
  const Registry& registry_;
  int depth_;
  StackRow stack_;
  Members members_;
  std::vector<Part> parts_;
  Graph graph_;
  std::set<std::string> made_;
  std::set<std::pair<std::string, std::string>> read_;  ///< attributes that were asked for
  RunScope scope_;
  VirtualLoop loop_;
  SeededRandom random_{1};
};

}  // namespace heat
