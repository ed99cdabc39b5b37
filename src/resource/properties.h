#pragma once

#include <functional>
#include <optional>
#include <string>

#include "async/loop.h"
#include "base/diagnostics.h"
#include "cloud/session.h"
#include "resource/resource_type.h"

namespace heat {

// From what a template says to what a behaviour reads. The same steps are taken for both sides of
// a comparison, so a name that stands for the same id is no change.

/// The part that needs no cloud: renamed properties moved to their new names, values converted,
/// defaults filled in, constraints and the behaviour's rules checked. Every property of the type is
/// in the answer, null where nothing was said. `raw` is the evaluated map, or null; Unknown parts
/// stay. What only the cloud can tell is added to `questions`.
Value shape(const ResourceType& type, const Value& raw, const Path& path, Diagnostics& problems,
            Questions& questions);

/// What a template says of a property under that name; nothing where it says nothing.
using WrittenProperty = std::function<std::optional<Value>(const std::string& name)>;
/// One property as `shape` would give it, whatever is wrong with it or the others.
Value shape_one(const ResourceType& type, const std::string& name, const WrittenProperty& written);

/// Shaped properties with names replaced by ids. Throws EntityNotFound,
/// PhysicalResourceNameAmbiguity.
Task<Value> resolve(const ResourceType& type, Value shaped, const Registry& registry,
                    Session& session);

/// Asks the cloud all questions side by side; a no becomes a problem. Questions that no finder of
/// the registry can answer are returned.
Task<Questions> ask(Questions questions, const Registry& registry, Session& session, Loop& loop,
                    Diagnostics& problems);

}  // namespace heat
