#pragma once

#include <vector>

#include "base/value.h"
#include "engine/operations.h"
#include "stack/definition.h"
#include "stack/member.h"
#include "store/store.h"

// What a client asks of a list: filters, pages, order, in the original's words.
namespace heat {

/// Throws Error{Forbidden} where a project's user asks for all projects, and Error{ValueError}.
StackFilter stack_filter(const Context& context, const Value& arguments);
/// Those that the arguments tags_any, not_tags and not_tags_any leave.
std::vector<StackRow> with_tags(std::vector<StackRow> rows, const Value& arguments);

/// Whether a shown resource passes {"filters": …}: name, status, action, type, physical id, uuid.
bool resource_matches(const Value& shown, const Value& filters);
/// With description and metadata.
Value with_details(const Value& shown, const Member& member, const StackDefinition& definition);

/// `events` by sequence; marker is an event's uuid. Throws Error{EntityNotFound} for a wrong one.
std::vector<EventRow> selected_events(std::vector<EventRow> events, const Value& arguments);

}  // namespace heat
