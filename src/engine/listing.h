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
/// What of `rows` the arguments that the store doesn't know leave: tags_any, not_tags,
/// not_tags_any, filters by tenant, username and owner_id, and the limit.
std::vector<StackRow> selected_stacks(std::vector<StackRow> rows, const Value& arguments);

/// Whether a shown resource passes {"filters": …}: name, status, action, type, id, physical
/// id.
bool resource_matches(const Value& shown, const ResourceRow& row, const Value& filters);
/// With description and metadata.
Value with_details(const Value& shown, const Member& member, const StackDefinition& definition);

/// `events` by sequence, newest first where nothing else is asked; marker is an event's uuid, and
/// one that is no longer there begins nowhere.
std::vector<EventRow> selected_events(std::vector<EventRow> events, const Value& arguments);

}  // namespace heat
