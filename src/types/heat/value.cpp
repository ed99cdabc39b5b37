#include "types/heat/behaviours.h"

namespace heat {

namespace {

/// What a property of the named type accepts; nothing where any value will do.
std::optional<Type> property_type(const std::string& name) {
  if (name == "string") return Type::String;
  if (name == "number") return Type::Number;
  if (name == "comma_delimited_list") return Type::List;
  if (name == "json") return Type::Map;
  if (name == "boolean") return Type::Boolean;
  return std::nullopt;
}

}  // namespace

Task<> ValueResource::create(Resource& resource) {
  resource.set_physical_id(resource.physical_name());
  co_return;
}

Task<> ValueResource::update(Resource&, PropertyChanges) { co_return; }

Task<> ValueResource::remove(Resource&) { co_return; }

void ValueResource::validate(const Value& properties, const Path& path,
                             Diagnostics& problems) const {
  const std::optional<Type> type = property_type(properties["type"].string_or(""));
  if (!type) return;
  Path where = path;
  where.push_back("value");
  Schema schema;
  schema.type = *type;
  convert(schema, properties["value"], where, problems);
}

Task<Map> ValueResource::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  for (const std::string& name : names)
    values.set(name, name == "value" ? resource.property("value") : Value());
  co_return values;
}

Task<bool> ValueResource::healthy(Resource&) { co_return false; }

}  // namespace heat
