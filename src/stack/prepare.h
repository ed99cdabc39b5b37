#pragma once

#include <string>

#include "cloud/session.h"
#include "resource/resource_type.h"

namespace heat {

/// Properties as evaluated → as the behaviour reads them and decisions compare them: shaped, and
/// with names resolved to ids where there is a cloud. Throws one Error that names all that is
/// wrong.
Task<Value> prepare(const ResourceType& type, Value evaluated, std::string resource,
                    const Registry& registry, Session* session);

}  // namespace heat
