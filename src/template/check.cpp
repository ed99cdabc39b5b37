#include "template/check.h"

#include <algorithm>
#include <set>

#include "graph/graph.h"
#include "template/node.h"

namespace heat {

namespace {

class TemplateCheck {
 public:
  TemplateCheck(const TemplateScope& scope, Diagnostics& problems)
      : scope_(scope), template_(scope.tmpl()), problems_(problems) {}

  void run() {
    problems_.enter(Stage::Definitions);
    parameter_groups();
    names();
    for (const auto& [name, condition] : template_.conditions())
      condition.check(scope_, CheckFor::Calls, problems_);
    problems_.enter(Stage::Conditions);
    const auto& resources = template_.resources();
    std::vector<bool> enabled;
    for (const ResourceDefinition& definition : resources)
      enabled.push_back(is_enabled(definition));
    for (std::size_t i = 0; i < resources.size(); ++i) resource(resources[i], enabled[i]);
    problems_.enter(Stage::Circles);
    cycles(enabled);
    problems_.enter(Stage::OutputDefinitions);
    for (const OutputDefinition& definition : template_.outputs()) output(definition);
  }

 private:
  void problem(std::string message, Path path, ErrorKind kind = ErrorKind::StackValidationFailed) {
    problems_.add(kind, std::move(message), std::move(path));
  }

  /// Runs `work`; an error becomes a problem, under `path` where it has none of its own.
  template <class Work>
  void collect(const Path& path, Work work) {
    try {
      work();
    } catch (const Error& error) {
      const bool kept = error.kind() == ErrorKind::UserParameterMissing ||
                        error.kind() == ErrorKind::InvalidTemplateReference;
      problems_.add_further(kept ? error.kind() : ErrorKind::StackValidationFailed, error.message(),
                            error.path().empty() ? path : error.path());
    }
  }

  void parameter_groups() {
    const Value& groups = template_.parameter_groups();
    if (!groups.truthy()) return;
    const Path path{"parameter_groups"};
    if (!groups.is_list()) return problem("The groups of parameters must be a list.", path);
    std::set<std::string> grouped;
    for (std::size_t i = 0; i < groups.as_list().size(); ++i) {
      Path place = path;
      place.push_back(std::to_string(i));
      group(groups[i], place, grouped);
    }
  }

  void group(const Value& group, const Path& path, std::set<std::string>& grouped) {
    if (!group.is_map()) return problem("A group of parameters must be a map.", path);
    const Value& names = group["parameters"];
    if (!names.is_list()) return problem("A group needs 'parameters', a list of names.", path);
    const auto known = [this] {
      std::vector<std::string> all = {"OS::stack_id", "OS::project_id"};
      for (const auto& [name, schema] : template_.parameters()) all.push_back(name);
      return all;
    };
    for (const Value& entry : names.as_list()) {
      const std::string name = entry.string_or("");
      if (!grouped.insert(name).second)
        problem("The parameter '" + name + "' is in two groups.", path);
      else if (name != "OS::stack_id" && name != "OS::project_id" && !template_.parameter(name) &&
               !template_.unread({"parameters", name}))
        problem("There is no parameter '" + name + "' to group." + did_you_mean(name, known), path);
    }
  }

  void names() {
    for (const auto& [name, schema] : template_.parameters())
      if (template_.resource(name))
        problem("A parameter and a resource are both called '" + name + "'.", {"resources", name});
  }

  bool is_enabled(const ResourceDefinition& definition) {
    try {
      return scope_.enabled(definition);
    } catch (const Error& error) {
      problems_.add_further(
          error.kind(), error.message(),
          error.path().empty() ? Path{"resources", definition.name, "condition"} : error.path());
      return false;
    }
  }

  void resource(const ResourceDefinition& definition, bool enabled) {
    const Path path{"resources", definition.name};
    if (definition.condition) definition.condition->check(scope_, CheckFor::Calls, problems_);
    const CheckFor what = enabled ? CheckFor::Resource : CheckFor::Calls;
    definition.properties.check(scope_, what, problems_);
    definition.metadata.check(scope_, what, problems_);
    definition.update_policy.check(scope_, CheckFor::Calls, problems_);
    problems_.enter(Stage::Definitions);
    collect(path, [&] { scope_.deletion_policy(definition); });
    problems_.enter(Stage::Needs);
    if (definition.external_id) {
      external_id(definition);
      if (!definition.depends_on.empty())
        problem("A resource with 'external_id' can't depend on others.", path,
                ErrorKind::InvalidExternalResourceDependency);
    }
    if (enabled) depends_on(definition);
  }

  void external_id(const ResourceDefinition& definition) {
    definition.external_id->check(scope_, CheckFor::Resource, problems_);
    try {
      scope_.external_id(definition);
    } catch (const Error& error) {
      problems_.add_further(error.kind(), error.message(), error.path());
    }
  }

  void depends_on(const ResourceDefinition& definition) {
    for (std::size_t i = 0; i < definition.depends_on.size(); ++i) {
      const std::string& name = definition.depends_on[i];
      if (template_.resource(name)) continue;
      collect({"resources", definition.name, "depends_on", std::to_string(i)},
              [&] { scope_.require(name); });
    }
  }

  void output(const OutputDefinition& definition) {
    bool enabled = false;
    collect({"outputs", definition.name, "condition"},
            [&] { enabled = scope_.enabled(definition); });
    if (enabled) definition.value.check(scope_, CheckFor::Output, problems_);
  }

  void cycles(const std::vector<bool>& enabled) {
    const auto& resources = template_.resources();
    Graph graph(resources.size());
    for (std::size_t i = 0; i < resources.size(); ++i) {
      if (!enabled[i]) continue;
      for (const std::string& name : scope_.required_by(resources[i]))
        if (const auto needed = template_.index_of(name); needed && enabled[*needed])
          graph.add_edge(i, *needed);
    }
    const auto cycle = graph.cycle();
    if (!cycle) return;
    std::string text;
    for (const std::size_t node : *cycle) text += resources[node].name + " → ";
    const std::string& first = resources[cycle->front()].name;
    problem("Resources depend on each other in a circle: " + text + first + ".",
            {"resources", first}, ErrorKind::CircularDependencyException);
  }

  const TemplateScope& scope_;
  const Template& template_;
  Diagnostics& problems_;
};

}  // namespace

void check_template(const TemplateScope& scope, Diagnostics& problems,
                    const std::set<std::string>& placeholders) {
  TemplateCheck(scope, problems).run();
  std::erase_if(problems.all(), [&placeholders](const Diagnostic& problem) {
    return problem.stage == Stage::Contents && problem.path.size() > 1 &&
           problem.path[0] == "resources" && placeholders.contains(problem.path[1]);
  });
  problems.remove_repeated();
}

}  // namespace heat
