#pragma once

#include <memory>

#include "async/loop.h"
#include "base/random.h"
#include "cloud/session.h"
#include "engine/engine_settings.h"
#include "engine/operations.h"
#include "stack/examination.h"

namespace heat {

/// The definition that a request describes: environments merged, parameters over them.
/// `before`: what a PATCH builds on; null otherwise. Throws Error for what can't be understood.
DefinitionRow definition_of(const StackRequest& request, const DefinitionRow* before,
                            std::string id, const EngineSettings& settings);

/// Finds all that is wrong in a definition. `members`: what the stack already has. `session` null:
/// what only the cloud can tell stays unchecked, in the examination's questions. `values`: whether
/// parameters without a value are wrong.
Task<std::shared_ptr<Examination>> examine(DefinitionRow row, Parameters::Pseudo pseudo,
                                           const Registry& registry, const Members& members,
                                           Session* session, Loop& loop,
                                           const EngineSettings& settings,
                                           Parameters::Values values);

/// The same, and throws what is wrong as one Error, before anything is written.
Task<std::shared_ptr<const StackDefinition>> accept(
    DefinitionRow row, Parameters::Pseudo pseudo, const Registry& registry, const Members& members,
    Session* session, Loop& loop, const EngineSettings& settings,
    Parameters::Values values = Parameters::Values::Required);

}  // namespace heat
