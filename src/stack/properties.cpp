#include "stack/properties.h"

#include "resource/behaviour.h"

namespace heat {

Task<Value> prepare(const ResourceType& type, Value written, std::string resource, Session*) {
  if (type.behaviour->placeholder()) co_return Map();
  Schema schema;
  schema.type = Type::Map;
  for (const auto& [name, property] : type.properties) schema.members.push_back({name, property});
  Diagnostics problems;
  Questions questions;
  const Path path{"resources", resource, "properties"};
  Value converted = convert(schema, written.is_null() ? Value(Map()) : written, path, problems);
  if (problems.empty()) check_constraints(schema, converted, path, problems, questions);
  problems.raise();
  co_return converted;
}

}  // namespace heat
