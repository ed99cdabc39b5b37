#include "stack/dependencies.h"

#include "resource/behaviour.h"
#include "resource/properties.h"
#include "stack/scope.h"

namespace heat {

namespace {

class Dependencies {
 public:
  Dependencies(const StackDefinition& definition, const Members& members, Diagnostics& problems)
      : definition_(definition),
        members_(members),
        problems_(problems),
        graph_(definition.members().size()) {}

  Graph find() {
    for (std::size_t i = 0; i < graph_.size(); ++i) add_written(i);
    add_of_types();
    if (const auto cycle = graph_.cycle()) report(*cycle);
    return std::move(graph_);
  }

 private:
  const ResourceDefinition& resource(std::size_t i) const {
    return *definition_.members()[i].definition;
  }

  void add_written(std::size_t node) {
    for (const std::string& name : definition_.scope().required_by(resource(node)))
      if (const auto needed = definition_.index_of(name)) graph_.add_edge(node, *needed);
  }

  void add_of_types() {
    std::vector<Sibling> siblings;
    siblings.reserve(graph_.size());
    const ShownScope scope(definition_, members_);
    for (const auto& member : definition_.members()) {
      const auto evaluated = [&member, &scope](const std::string& name) {
        return property(name, *member.definition, *member.type, scope);
      };
      siblings.push_back({member.definition->name, member.type->name, DeferredProperties(evaluated),
                          reference(member.definition->name)});
    }
    const Siblings all(std::move(siblings));
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      if (resource(i).external_id) continue;
      const Sibling& self = all.all()[i];
      for (const Sibling* first : definition_.members()[i].type->behaviour->depends(self, all))
        if (first != &self) graph_.add_edge(i, all.index_of(*first));
    }
  }

  /// Nothing where it can't be evaluated now: that is reported by validation, or at its turn.
  static Value property(const std::string& name, const ResourceDefinition& self,
                        const ResourceType& type, const Scope& scope) {
    Diagnostics failed;
    const auto written = [&](const std::string& key) {
      Missing missing;
      return self.properties.evaluate_member(key, scope, missing, failed);
    };
    const Value value = shape_one(type, name, written);
    return failed.empty() ? value : Value();
  }

  std::string reference(const std::string& name) const {
    const Member* member = members_.current(name);
    return member == nullptr ? name : member->reference().string_or(name);
  }

  void report(const std::vector<std::size_t>& cycle) {
    std::string names;
    for (const std::size_t node : cycle) names += resource(node).name + " -> ";
    names += resource(cycle.front()).name;
    problems_.add(ErrorKind::CircularDependencyException,
                  "Circular dependency: " + names + ". Each needs the next one first.",
                  {"resources", resource(cycle.front()).name});
  }

  const StackDefinition& definition_;
  const Members& members_;
  Diagnostics& problems_;
  Graph graph_;
};

}  // namespace

Graph dependencies(const StackDefinition& definition, const Members& members,
                   Diagnostics& problems) {
  return Dependencies(definition, members, problems).find();
}

}  // namespace heat
