#pragma once

#include <string>
#include <utility>
#include <vector>

#include "stack/decide.h"
#include "stack/stack.h"

namespace heat {

/// What would happen to each resource on the way to `target`: those of the target in the order they
/// would be worked on, then those that would go. Values that only come to be on the way are
/// Unknown. `arriving`: an action in progress counts as if it had reached what it aims at.
Task<std::vector<std::pair<std::string, Decision>>> plan(const Stack& stack,
                                                         const StackDefinition& target,
                                                         const Registry& registry, Session* session,
                                                         bool arriving);

}  // namespace heat
