#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/value.h"
#include "engine/operations.h"
#include "stack/scope.h"
#include "stack/stack.h"
#include "store/rows.h"

// Rows and definitions in the original's words: the maps that its RPC answers with.
namespace heat {

StackIdentity identity_of(const StackRow& row, std::string path = "");
/// ISO with seconds, or null where the time is 0.
Value time_or_null(std::int64_t micros);

/// As list_stacks gives it.
Value listed_stack(const StackRow& row);
/// As show_stack gives it; `outputs` null: left out.
Value shown_stack(const StackRow& row, const StackDefinition& definition, const Value& outputs);
/// The template's description, or the original's words for none.
std::string described(const Template& tmpl);
Value shown_environment(const Environment& environment);
/// Names and descriptions of all outputs.
Value listed_outputs(const Template& tmpl);
/// The same with values, or why there is none. Those whose condition does not hold are null.
Task<Value> shown_outputs(const StackDefinition& definition, const Members& members,
                          Session* session);
Task<Value> shown_output(const OutputDefinition& output, const StackDefinition& definition,
                         ShownScope& scope, Session* session);

/// `users`: the names of the resources that require it. `definition` null: it can't be loaded any
/// more.
Value shown_resource(const StackRow& stack, const Member& member,
                     const std::vector<std::string>& users, const StackDefinition* definition);
/// The names of the resources that require each resource.
std::map<std::string, std::vector<std::string>> required_by(const Members& members);
std::map<std::string, std::vector<std::string>> required_by(const StackDefinition& definition);

/// `type` of the event's resource, where it is known: properties at their defaults are left out.
/// `with_root`: naming the root of the tree, which is the stack itself where nothing is nested.
Value shown_event(const StackRow& stack, const EventRow& event, const ResourceType* type,
                  bool with_root);

}  // namespace heat
