#pragma once

#include <string>

#include "api/rest/call.h"
#include "base/value.h"

namespace heat::api {

/// The URL of what `identity` (the original's map of tenant, stack_name, stack_id, path) names.
std::string url_of(const Call& call, const Value& identity);

// The engine's maps as the API shows them: identities become links, and action and status are one
// word ("CREATE_COMPLETE").

Value stack_view(const Call& call, const Value& stack);
/// The listing's shorter form, with a link to the next page where the page is full.
Value stack_list_view(const Call& call, const Value& stacks);
Value resource_view(const Call& call, const Value& resource);
/// `detail` adds the resource's type and properties.
Value event_view(const Call& call, const Value& event, bool detail);

}  // namespace heat::api
