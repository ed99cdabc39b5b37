#include "resource/behaviour.h"

#include "base/error.h"

namespace heat {

Task<> Behaviour::update(Resource&, PropertyChanges) {
  throw MustReplace("its type has no update");
  co_return;
}

void Behaviour::validate(const Value&, const Path&, Diagnostics&) const {}

Task<> Behaviour::consult(Value, Path, Session&, Diagnostics&) const { co_return; }

std::string Behaviour::replaces(const ResourceType&, const Value&, const Value&,
                                const PropertyChanges&) const {
  return "";
}

Value Behaviour::reference_id(const ResourceRow& row) const {
  return row.physical_id.empty() ? Value(row.name) : Value(row.physical_id);
}

Task<Map> Behaviour::attributes(Resource&, std::set<std::string> names) {
  Map values;
  for (const auto& name : names) values.set(name, Value());
  co_return values;
}

Task<Value> Behaviour::live(Resource& resource) { co_return resource.applied(); }

Task<bool> Behaviour::healthy(Resource& resource) { co_return !resource.physical_id().empty(); }

std::set<std::string> Behaviour::depends(const Sibling&, const std::vector<Sibling>&) const {
  return {};
}

Task<> Behaviour::release(Resource&) { co_return; }

Task<> Behaviour::reclaim(Resource&) { co_return; }

}  // namespace heat
