#pragma once

#include <string>

#include "async/task.h"
#include "cloud/session.h"
#include "resource/resource_type.h"

namespace heat {

/// Properties as written and evaluated → as the behaviour reads them: converted by the schema, with
/// defaults. Throws StackValidationFailed naming all that is wrong.
Task<Value> prepare(const ResourceType& type, Value written, std::string resource,
                    Session* session);

}  // namespace heat
