#pragma once

#include <string>

#include "base/value.h"
#include "resource/resource_type.h"

namespace heat {

// Resource types as the API and the command line show them. Pure.

/// The names (or, with_description, maps with name and description) of the types that are not
/// hidden. `filters`: support_status, type_name (a regular expression for the beginning),
/// heat_version, with_description. Throws Error{Invalid} for an unknown support status.
Value list_types(const Registry& registry, const Value& filters);

/// The type's schema: {"resource_type", "properties", "attributes", "support_status"}.
Value type_schema(const ResourceType& type, bool with_description);

/// A template with the type's properties as parameters and its attributes as outputs, in the
/// language "hot" or "cfn".
Value type_template(const ResourceType& type, const std::string& language);

/// The type, or Error{EntityNotFound} with the nearest name; hidden ones are Error{NotSupported}.
std::shared_ptr<const ResourceType> type_to_show(const Registry& registry, const std::string& name);

}  // namespace heat
