#include "engine/live_attributes.h"

#include <set>

#include "base/log.h"
#include "resource/behaviour.h"

namespace heat {

namespace {

/// For reading only: whoever takes a step here has a bug.
class NoJournal final : public Journal {
 public:
  const StepRow* find(const std::string&) const override { return nullptr; }
  Task<> begin(const std::string& name) override {
    check(false, "a step while attributes were read: " + name);
    co_return;
  }
  Task<> finish(const std::string&, Value) override { co_return; }
  Task<> save() override { co_return; }
  bool is_claimed(const std::string&) const override { return false; }
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

}  // namespace

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
