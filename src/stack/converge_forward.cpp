#include <utility>

#include "stack/converge.h"
#include "stack/dependencies.h"
#include "stack/evaluate.h"
#include "stack/prepare.h"

namespace heat {

namespace {

using Kind = Decision::Kind;

}  // namespace

Task<> Converge::forward() {
  Diagnostics problems;
  Graph graph = dependencies(*target_, stack_.members, problems);
  problems.raise();
  add_rows();
  scope_.emplace(*target_, stack_.members, [this](const std::string& resource) {
    return walk_->done(*target_->index_of(resource));
  });
  co_await walk(std::move(graph), [this](std::size_t node) { return turn(node); });
}

/// Every resource has a row before anything happens, so that the stack shows what it is to be.
void Converge::add_rows() {
  for (const auto& [definition, type] : target_->members()) {
    if (stack_.members.current(definition->name) != nullptr) continue;
    ResourceRow row;
    row.id = means_.random.uuid();
    row.stack_id = stack_.row.id;
    row.name = definition->name;
    row.type = type->name;
    if (definition->type != type->name) row.named_type = definition->type;
    row.action = "INIT";
    row.status = "COMPLETE";
    row.created_at = to_micros(means_.loop.now());
    means_.ledger.put(row);
    stack_.members.add(std::move(row), type);
  }
}

Task<> Converge::turn(std::size_t node) {
  Member* current = stack_.members.current(name(node));
  check(current != nullptr, "a resource without a row had its turn");
  if (current->row.status == "IN_PROGRESS" && current->row.action != "DELETE" && current->ours() &&
      current->row.definition_id == stack_.row.definition_id) {
    // It was on its way to just this when the engine went away.
    const auto end = co_await act(node, *current, action_of(current->row));
    if (end.kind == ActionEnd::Kind::Complete) co_return;
  }
  std::optional<Wanted> wanted;
  std::optional<ActionEnd> refused;
  try {
    wanted.emplace(co_await want(node));
    refuse_other_external(current->row, current->type.get(), *wanted);
  } catch (const Error& error) {
    refused = actions_.refuse(*current, error);
  }
  if (refused) throw Ended{"Resource " + current->row.action + " failed: " + refused->reason};

  if (co_await return_to_replaced(*current, *wanted)) current = stack_.members.current(name(node));
  if (current->row.status == "IN_PROGRESS") co_await settle_earlier(*current, *wanted);
  Decision decision = co_await decide_now(current, *wanted);
  co_await carry_out(node, *current, std::move(decision), std::move(*wanted));
}

/// Finishes what an earlier plan began, unless that is to be replaced anyway.
Task<> Converge::settle_earlier(Member& member, const Wanted& wanted) {
  if (member.row.action == "DELETE" || !member.ours()) co_return;
  const ResourceRow aim = as_completed(member.row);
  if (decide(&aim, member.type.get(), &wanted, {}).kind == Kind::Replace) {
    co_await actions_.abort(member, "superseded");
    co_return;
  }
  co_await finish(member);
  if (interrupted()) throw Ended{};
}

Task<Decision> Converge::decide_now(Member* current, const Wanted& wanted) {
  Observed observed;
  observed.settled = current->row.definition_id == stack_.row.definition_id;
  if (current->row.status == "FAILED") {
    if (current->open_step()) co_await actions_.settle_open_steps(*current);
    observed.healthy = co_await actions_.healthy(*current);
  }
  co_return decide(&current->row, current->type.get(), &wanted, observed);
}

Task<> Converge::carry_out(std::size_t node, Member& current, Decision decision, Wanted wanted) {
  switch (decision.kind) {
    case Kind::Keep:
      if (auto ids = requirements(node); ids != current.row.requires_ids) {
        current.row.requires_ids = std::move(ids);
        means_.ledger.put(current.row);
      }
      co_await read_newly_used(node, current);
      break;
    case Kind::Create:
      co_await make(node, current, wanted);
      break;
    case Kind::Update: {
      aim(node, current, wanted);
      const auto end = co_await act(node, current, Action::Update);
      if (end.kind == ActionEnd::Kind::MustReplace) co_await replace(node, current, wanted);
      break;
    }
    case Kind::Mend:
      aim(node, current, wanted);
      current.row.properties = std::exchange(current.row.target, Value());
      co_await actions_.read_attributes(current, target_->used_of(name(node)));
      set_state(stack_, current, means_.ledger, current.row.action, "COMPLETE",
                "It failed, and is found whole.");
      break;
    case Kind::Replace:
      co_await replace(node, current, wanted);
      break;
    case Kind::Delete:
    case Kind::Later:
      check(false, "a resource at its turn was decided " + std::string(to_string(decision.kind)));
  }
}

/// A resource that is kept may have attributes that nobody read before.
Task<> Converge::read_newly_used(std::size_t node, Member& member) {
  std::set<std::string> names = target_->used_of(name(node));
  std::erase_if(names, [&member](const std::string& attribute) {
    return member.row.attributes.find(attribute) != nullptr;
  });
  if (!names.empty()) co_await actions_.read_attributes(member, std::move(names));
}

/// Creates it; something that is there already is taken as it is, and looked at.
Task<> Converge::make(std::size_t node, Member& member, const Wanted& wanted) {
  aim(node, member, wanted);
  if (member.ours()) {
    co_await act(node, member, Action::Create);
    co_return;
  }
  co_await act(node, member, Action::Adopt);
  if (member.type->can.contains("check"))
    co_await act(node, member, Action::Check);
  else
    set_state(stack_, member, means_.ledger, "CHECK", "COMPLETE",
              "CHECK not supported for " + member.row.shown_type());
}

Task<> Converge::replace(std::size_t node, Member& current, const Wanted& wanted) {
  ResourceRow row;
  row.id = means_.random.uuid();
  row.stack_id = stack_.row.id;
  row.name = current.row.name;
  row.type = wanted.type.name;
  row.action = "INIT";
  row.status = "COMPLETE";
  row.replaces = current.row.id;
  row.created_at = to_micros(means_.loop.now());
  current.row.replaced_by = row.id;
  means_.ledger.put(row);
  means_.ledger.put(current.row);
  Member& next = stack_.members.add(std::move(row), target_->members()[node].type);
  co_await make(node, next, wanted);
}

/// A plan that wants again what was replaced, and still is there, takes it back: a rollback mostly.
Task<bool> Converge::return_to_replaced(Member& current, const Wanted& wanted) {
  Member* old = stack_.members.find(current.row.replaces);
  if (old == nullptr || old->type == nullptr || old->row.status != "COMPLETE" || !old->exists() ||
      decide(&old->row, old->type.get(), &wanted, {}).kind != Kind::Keep)
    co_return false;
  const ResourceRow aim = as_completed(current.row);
  if (current.row.status != "FAILED" && current.exists() &&
      decide(&aim, current.type.get(), &wanted, {}).kind == Kind::Keep)
    co_return false;
  if (current.row.status == "IN_PROGRESS") co_await actions_.abort(current, "superseded");
  const Cancel cancel = watched(current);
  const ActionEnd end = co_await actions_.restore(current, *old, cancel);
  unwatch(current.row.id);
  if (end.kind == ActionEnd::Kind::Complete) co_return true;
  set_state(stack_, *old, means_.ledger, "UPDATE", "FAILED", end.reason);
  throw Ended{"Resource UPDATE failed: " + end.reason};
}

/// What the next action of `member` is to reach; recorded when the action begins.
void Converge::aim(std::size_t node, Member& member, const Wanted& wanted) {
  if (member.exists()) member.row.updated_at = to_micros(means_.loop.now());
  const std::string& named = target_->members()[node].definition->type;
  member.row.named_type = named == wanted.type.name ? "" : named;
  member.row.properties = baseline(member.row, wanted.properties);
  member.row.target = wanted.properties;
  member.row.metadata = wanted.metadata;
  member.row.deletion_policy = wanted.deletion_policy;
  member.row.external_id = wanted.external_id;
  member.row.definition_id = stack_.row.definition_id;
  member.row.requires_ids = requirements(node);
}

Task<ActionEnd> Converge::act(std::size_t node, Member& member, Action action) {
  const std::string id = member.row.id;
  const Cancel cancel = watched(member);
  const ActionEnd end =
      co_await actions_.run(member, action, target_->used_of(name(node)), cancel, why_aborted_);
  unwatch(id);
  if (end.kind == ActionEnd::Kind::Failed || end.kind == ActionEnd::Kind::Aborted)
    throw Ended{"Resource " + member.row.action + " failed: " + end.reason};
  co_return end;
}

std::vector<std::string> Converge::requirements(std::size_t node) const {
  std::vector<std::string> ids;
  for (const std::size_t needed : walk_->graph().needs(node))
    if (const Member* member = stack_.members.current(name(needed))) ids.push_back(member->row.id);
  return ids;
}

Task<Wanted> Converge::want(std::size_t node) {
  const auto& member = target_->members()[node];
  const auto& [definition, type] = member;
  std::string policy(to_string(target_->scope().deletion_policy(*definition)));
  std::string external_id = target_->scope().external_id(*definition);
  if (!external_id.empty())
    co_return Wanted{*type, Value(), Value(), std::move(policy), std::move(external_id)};
  const Value written = co_await evaluate(node, member.properties());
  const Value metadata = co_await evaluate(node, definition->metadata);
  co_return Wanted{
      *type, co_await prepare(*type, written, definition->name, means_.registry, means_.session),
      metadata, std::move(policy)};
}

Task<Value> Converge::evaluate(std::size_t node, const Expression& expression) {
  for (;;) {
    Missing missing;
    const Value value = expression.evaluate(*scope_, missing);
    if (missing.empty()) co_return value;
    co_await provide(node, missing);
  }
}

/// Waits for resources that turned out to be needed, reads the attributes that are, and asks the
/// cloud.
Task<> Converge::provide(std::size_t node, const Missing& missing) {
  if (missing.availability_zones)
    scope_->know_availability_zones(co_await availability_zones(means_.session));
  std::map<std::string, std::set<std::string>> needed;
  for (const std::string& resource : missing.references) needed[resource];
  for (const auto& [resource, attribute] : missing.attributes) needed[resource].insert(attribute);
  for (const auto& [resource, attributes] : needed) {
    const auto index = *target_->index_of(resource);
    std::vector<std::size_t> cycle;
    if (!walk_->done(index) && !co_await walk_->wait_for(node, index, cycle)) {
      std::string names;
      for (const std::size_t member : cycle) names += name(member) + " -> ";
      throw Error(ErrorKind::CircularDependencyException,
                  "Circular dependency: " + names + name(cycle.front()) + ".");
    }
    Member* member = stack_.members.current(resource);
    check(member != nullptr, "a resource is done and not there");
    // Of a resource that was kept, some may be stored already.
    co_await actions_.read_attributes(*member, attributes);
  }
}

}  // namespace heat
