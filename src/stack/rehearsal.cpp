#include "stack/rehearsal.h"

#include "resource/behaviour.h"
#include "resource/memory_journal.h"
#include "resource/properties.h"
#include "stack/dependencies.h"

namespace heat {

Rehearsal::Rehearsal(std::shared_ptr<const StackDefinition> definition, std::string stack_name)
    : definition_(std::move(definition)),
      scope_(*definition_, members_,
             [this](const std::string& name) { return made_.contains(name); }) {
  stack_.name = std::move(stack_name);
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
    part.properties = evaluate(part.member->definition->properties, part.needs);
    if (part.member->type->effect_free && part.needs.empty()) make(part);
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
  Diagnostics problems;
  Questions unasked;
  member.row.target =
      shape(*member.type, part.properties, {"resources", name, "properties"}, problems, unasked);
  problems.raise();
  MemoryJournal journal;
  Resource resource(*member.type, member.row, stack_, nullptr, loop_, random_, journal, Cancel());
  try {
    sync_wait(loop_, member.type->behaviour->create(resource));
  } catch (const Error& error) {
    throw Error(error.kind(), error.message(), {"resources", name});
  }
  member.row.action = "CREATE";
  part.made = true;
  made_.insert(name);
}

/// Reads the attributes that were missed and can be had. False: there was none.
bool Rehearsal::fetch(const Missing& missing) {
  std::map<std::string, std::set<std::string>> wanted;
  for (const auto& [resource, attribute] : missing.attributes)
    if (made_.contains(resource)) wanted[resource].insert(attribute);
  for (auto& [resource, names] : wanted) {
    Member& member = *members_.current(resource);
    if (names.erase("*") > 0)
      for (const auto& [name, schema] : member.type->attributes) names.insert(name);
    Map all = member.row.attributes.is_map() ? member.row.attributes.as_map() : Map();
    const Value read = attributes(member, names);
    for (const std::string& name : names) all.set(name, read[name]);
    member.row.attributes = std::move(all);
  }
  return !wanted.empty();
}

Map Rehearsal::attributes(Member& member, std::set<std::string> names) {
  MemoryJournal journal;
  Resource resource(*member.type, member.row, stack_, nullptr, loop_, random_, journal, Cancel());
  return sync_wait(loop_, member.type->behaviour->attributes(resource, std::move(names)));
}

}  // namespace heat
