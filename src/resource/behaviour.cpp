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

Task<bool> Behaviour::exists(std::string, Session&) const { co_return true; }

Task<> Behaviour::check(Resource& resource) {
  if (resource.type().service.empty()) co_return;
  if (!co_await exists(resource.physical_id(), resource.session()))
    throw Error(ErrorKind::NotFound, "It is gone: the cloud has no " + resource.type().name +
                                         " with the id " + resource.physical_id() + ".");
}

Task<> Behaviour::preserve(Resource& resource) {
  throw Error(ErrorKind::NotSupported, "A " + resource.type().name + " can't be saved.");
  co_return;
}

Task<bool> Behaviour::healthy(Resource& resource) { co_return !resource.physical_id().empty(); }

Neighbours Behaviour::depends(const Sibling&, const Siblings&) const { return {}; }

Task<> Behaviour::release(Resource&) { co_return; }

Task<> Behaviour::reclaim(Resource&) { co_return; }

}  // namespace heat
