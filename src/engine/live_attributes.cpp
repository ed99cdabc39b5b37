#include "engine/live_attributes.h"

#include <map>
#include <set>

#include "async/task_group.h"
#include "base/log.h"
#include "resource/behaviour.h"

namespace heat {

namespace {

/// For reading only: whoever takes a step here has a bug.
class NoJournal final : public Journal {
 public:
  const StepRow* find(const std::string&) const override { return nullptr; }
  Task<> begin(const std::string& name, const std::string&) override {
    check(false, "a step while attributes were read: " + name);
    co_return;
  }
  Task<> finish(const std::string&, Value) override { co_return; }
  Task<> save() override { co_return; }
  Task<Semaphore::Permit> turn(std::string) override { co_return Semaphore::Permit(); }
  Task<bool> is_preceded(std::string) override { co_return false; }
  Task<> settle() override { co_return; }
  Task<bool> is_claimed(std::string) override { co_return false; }
};

Task<Map> read(Resource& resource, std::set<std::string> names) {
  Map nothing;
  for (const std::string& name : names) nothing.set(name, Value());
  try {
    co_return co_await resource.type().behaviour->attributes(resource, names);
  } catch (const Error& error) {
    log::info("could not read attributes",
              {{"resource", resource.name()}, {"why", error.message()}});
  }
  co_return nothing;
}

Task<> refresh(Member& member, const StackRow& stack, Session* session, Loop& loop, Random& random,
               std::set<std::string> names) {
  NoJournal journal;
  Resource resource(*member.type, member.row, stack, session, loop, random, journal, Cancel());
  Map values = member.row.attributes.is_map() ? member.row.attributes.as_map() : Map();
  for (const auto& [name, value, kind] : co_await read(resource, std::move(names)))
    if (!value.is_null() || !values.contains(name)) values.set(name, value);
  member.row.attributes = std::move(values);
}

bool is_live(const ResourceType& type, const std::string& attribute) {
  const AttributeSchema* schema = type.attribute(attribute);
  return attribute == "show" || (schema != nullptr && schema->live);
}

}  // namespace

Task<> refresh_live_attributes(Members& members, const StackDefinition& definition,
                               const StackRow& stack, Session* session, Loop& loop,
                               Random& random) {
  std::map<std::string, std::set<std::string>> wanted;
  for (const OutputDefinition* output : definition.outputs())
    for (const auto& [name, attribute] : output->value.attributes(definition.scope())) {
      const Member* member = members.current(name);
      if (member != nullptr && member->type != nullptr && !member->row.physical_id.empty() &&
          is_live(*member->type, attribute))
        wanted[name].insert(attribute);
    }
  TaskGroup group(loop);
  for (auto& [name, attributes] : wanted)
    group.spawn(
        refresh(*members.current(name), stack, session, loop, random, std::move(attributes)));
  co_await group.join();
}

Task<Value> live_attributes(Member& member, StackRow stack, Session* session, Loop& loop,
                            Random& random, std::vector<std::string> with_attributes) {
  if (member.type == nullptr || !member.exists()) co_return Map();
  NoJournal journal;
  Resource resource(*member.type, member.row, stack, session, loop, random, journal, Cancel());
  std::set<std::string> asked(with_attributes.begin(), with_attributes.end());
  Map values;
  if (!member.row.physical_id.empty() && !member.type->service.empty()) {
    const Map shown = co_await read(resource, {"show"});
    if (const Value* show = shown.find("show"); show != nullptr && show->is_map())
      values = show->as_map();
  }
  if (values.empty())
    for (const auto& [name, schema] : member.type->attributes) asked.insert(name);
  asked.erase("show");
  if (!asked.empty())
    for (const auto& [name, value, kind] : co_await read(resource, asked)) values.set(name, value);
  co_return values;
}

}  // namespace heat
