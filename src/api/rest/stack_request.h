#pragma once

#include "base/value.h"
#include "engine/operations.h"

namespace heat::api {

/// What a request's body asks of a stack. Checks the shape only; what templates say is the
/// engine's. Throws Error{HTTPBadRequest, NotSupported}.
enum class BodyOf { Create, Preview, Update, Patch, Validate };
StackRequest read_stack_request(const Value& body, BodyOf purpose);

}  // namespace heat::api
