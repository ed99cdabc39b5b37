#pragma once

#include "cloud/session.h"
#include "stack/scope.h"

namespace heat {

/// The names of the cloud's availability zones; without a cloud, the one that clouds begin with.
Task<Value> availability_zones(Session* session);

/// The value of `expression`, the cloud asked for what it turns out to need of it. What only the
/// stack could know is added to `missing`. Throws what evaluating throws.
Task<Value> evaluate(const Expression& expression, DefinitionScope& scope, Session* session,
                     Missing& missing);

}  // namespace heat
