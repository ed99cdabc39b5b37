#include "stack/plan.h"

#include "stack/dependencies.h"
#include "stack/evaluate.h"
#include "stack/prepare.h"
#include "stack/scope.h"

namespace heat {

namespace {

using Kind = Decision::Kind;

Decision with_missing(Decision decision, const Missing& missing) {
  if (decision.kind != Kind::Later) return decision;
  std::set<std::string> resources = missing.references;
  for (const auto& [resource, attribute] : missing.attributes) resources.insert(resource);
  std::string names;
  for (const auto& name : resources) names += (names.empty() ? "" : ", ") + name;
  decision.why += " depends on what becomes of " + names;
  return decision;
}

Task<Decision> decide_one(const Stack& stack, const StackDefinition& target,
                          const StackDefinition::Member& member, PlanScope& scope,
                          const Registry& registry, Session* session, bool arriving) {
  const auto& [definition, type] = member;
  Missing missing;
  Wanted wanted{*type, Value(), Value(),
                std::string(to_string(target.scope().deletion_policy(*definition))),
                target.scope().external_id(*definition)};
  if (wanted.external_id.empty()) {
    const Value written = co_await evaluate(member.properties(), scope, session, missing);
    wanted.properties = co_await prepare(*type, written, definition->name, registry, session);
    wanted.metadata = co_await evaluate(definition->metadata, scope, session, missing);
  }
  const Member* current = stack.members.current(definition->name);
  if (current == nullptr) co_return decide(nullptr, nullptr, &wanted, {});
  refuse_other_external(current->row, current->type.get(), wanted);
  ResourceRow row = current->row;
  if (arriving && row.status == "IN_PROGRESS" && row.action != "DELETE") row = as_completed(row);
  const Observed observed{row.status == "FAILED" && !row.physical_id.empty()};
  co_return with_missing(decide(&row, current->type.get(), &wanted, observed), missing);
}

}  // namespace

Task<std::vector<std::pair<std::string, Decision>>> plan(const Stack& stack,
                                                         const StackDefinition& target,
                                                         const Registry& registry, Session* session,
                                                         bool arriving) {
  Diagnostics problems;
  const Graph graph = dependencies(target, stack.members, problems);
  problems.raise();
  std::vector<std::pair<std::string, Decision>> decisions;
  PlanScope scope(target, stack.members);
  for (const std::size_t node : graph.order()) {
    const auto& member = target.members()[node];
    Decision decision =
        co_await decide_one(stack, target, member, scope, registry, session, arriving);
    if (decision.kind != Kind::Keep && decision.kind != Kind::Mend)
      scope.will_change(member.definition->name,
                        decision.kind == Kind::Replace || decision.kind == Kind::Later);
    decisions.emplace_back(member.definition->name, std::move(decision));
  }
  for (const Member* member : stack.members.all())
    if (member->row.replaced_by.empty() && !target.index_of(member->row.name))
      decisions.emplace_back(member->row.name,
                             Decision{Kind::Delete, {}, "it is not in the template"});
  co_return decisions;
}

}  // namespace heat
