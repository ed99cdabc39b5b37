#include "stack/rehearsal.h"

#include "resource/behaviour.h"
#include "resource/memory_journal.h"
#include "resource/properties.h"
#include "stack/dependencies.h"

namespace heat {

namespace {

constexpr int kDeepest = 5;  // as max_nested_stack_depth has it where nobody says otherwise

}  // namespace

Rehearsal::Rehearsal(std::shared_ptr<const StackDefinition> definition, Parameters::Pseudo pseudo,
                     const Registry& registry, int depth)
    : definition_(std::move(definition)),
      pseudo_(std::move(pseudo)),
      registry_(registry),
      depth_(depth),
      scope_(*definition_, members_,
             [this](const std::string& name) { return made_.contains(name); }) {
  stack_.name = pseudo_.stack_name;
  scope_.know_availability_zones(List{"nova"});
  Diagnostics problems;
  graph_ = dependencies(*definition_, members_, problems);
  problems.raise();
  for (const auto& member : definition_->members()) {
    ResourceRow row;
    row.id = random_.uuid();
    row.name = member.definition->name;
    row.type = member.type->name;
    row.action = "INIT";
    members_.add(std::move(row), member.type);
    parts_.push_back({&member, {}, {}});
  }
  for (const std::size_t node : graph_.order()) {
    Part& part = parts_[node];
    part.properties = evaluate(part.member->properties(), part.needs);
    make(part);
  }
}

Value Rehearsal::evaluate(const Expression& expression, Missing& missing) {
  while (true) {
    missing = {};
    Value value = expression.evaluate(scope_, missing);
    if (!fetch(missing)) return value;
  }
}

void Rehearsal::make(Part& part) {
  const std::string& name = part.member->definition->name;
  Member& member = *members_.current(name);
  const bool nested = definition_->nested(name) != nullptr;
  if (!nested && (!part.member->type->effect_free || !part.needs.empty())) return;
  Diagnostics problems;
  Questions unasked;
  member.row.target =
      shape(*member.type, part.properties, {"resources", name, "properties"}, problems, unasked);
  problems.raise();
  if (nested)
    begin_below(part, member);
  else
    create(part, member);
  member.row.action = "CREATE";
  part.made = true;
  made_.insert(name);
}

void Rehearsal::create(Part& part, Member& member) {
  MemoryJournal journal;
  Resource resource(*member.type, member.row, stack_, nullptr, loop_, random_, journal, Cancel());
  try {
    sync_wait(loop_, member.type->behaviour->create(resource));
  } catch (const Error& error) {
    throw Error(error.kind(), error.message(), {"resources", part.member->definition->name});
  }
}

void Rehearsal::begin_below(Part& part, Member& member) {
  const ResourceDefinition& resource = *part.member->definition;
  if (depth_ == kDeepest)
    throw Error(ErrorKind::RequestLimitExceeded,
                "Templates are nested more than " + std::to_string(kDeepest) +
                    " deep. Does one name itself as a type?",
                {"resources", resource.name, "type"});
  Diagnostics problems, found;
  Questions unasked;
  const Value parameters = parameters_below(*member.type, member.row.target,
                                            {"resources", resource.name, "properties"}, problems);
  problems.raise();
  Parameters::Pseudo pseudo = pseudo_;
  pseudo.stack_id = member.row.id;
  pseudo.stack_name =
      physical_name(stack_.name, resource.name, member.row.id, member.type->name_limit);
  auto definition = StackDefinition::load(definition_->below(resource.name, parameters), pseudo,
                                          registry_, found, unasked, Parameters::Values::Optional,
                                          definition_->place_below(resource, scope_));
  for (Diagnostic& problem : found.all())
    problems.add(of_template_below(std::move(problem), resource.name,
                                   definition_->nested(resource.name)->file));
  problems.raise();
  member.row.physical_id = "arn:openstack:heat::" + pseudo.project_id + ":stacks/" +
                           pseudo.stack_name + "/" + pseudo.stack_id;
  part.below =
      std::make_unique<Rehearsal>(std::move(definition), std::move(pseudo), registry_, depth_ + 1);
}

/// Reads the attributes that were missed and can be had. False: there was none.
bool Rehearsal::fetch(const Missing& missing) {
  bool found = false;
  for (const auto& [resource, attribute] : missing.attributes) {
    if (!made_.contains(resource)) continue;
    Member& member = *members_.current(resource);
    std::set<std::string> names{attribute};
    if (names.erase("*") > 0)
      for (const auto& [name, schema] : member.type->attributes) names.insert(name);
    for (const std::string& name : names) {
      if (!read_.emplace(resource, name).second) continue;
      const auto value = read(parts_[*definition_->index_of(resource)], name);
      if (!value) continue;
      Map all = member.row.attributes.is_map() ? member.row.attributes.as_map() : Map();
      all.set(name, *value);
      member.row.attributes = std::move(all);
      found = true;
    }
  }
  return found;
}

/// Nothing where it hangs on what is not known.
std::optional<Value> Rehearsal::read(const Part& part, const std::string& attribute) {
  if (part.below) {
    for (const OutputDefinition* output : part.below->definition().outputs()) {
      if (output->name != attribute) continue;
      Missing missing;
      const Value value = part.below->evaluate(output->value, missing);
      return missing.empty() ? std::optional(value) : std::nullopt;
    }
    return Value();
  }
  Member& member = *members_.current(part.member->definition->name);
  MemoryJournal journal;
  Resource resource(*member.type, member.row, stack_, nullptr, loop_, random_, journal, Cancel());
  const Value all = sync_wait(loop_, member.type->behaviour->attributes(resource, {attribute}));
  return all[attribute];
}

}  // namespace heat
