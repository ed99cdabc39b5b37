#pragma once

#include <functional>
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

/// What lies at a URL. Throws Error that says why nothing does.
using FetchText = std::function<Task<std::string>(std::string url)>;

/// What an examination may ask and how far it goes.
struct Reach {
  Session* session = nullptr;  ///< null: what only the cloud can tell stays unchecked, as questions
  FetchText fetch = {};        ///< templates that are named by URL, the operator's local ones
                               ///< too; null: they can't be had
  TreeLimits limits = {};
};

/// Finds all that is wrong in a definition. Templates that are named by URL are fetched and put
/// among its files. `members`: what the stack already has. `values`: whether parameters without a
/// value are wrong.
Task<std::shared_ptr<Examination>> examine(DefinitionRow row, Parameters::Pseudo pseudo,
                                           const Registry& registry, const Members& members,
                                           Reach reach, Loop& loop, Parameters::Values values);

/// The same, and throws what is wrong as one Error, before anything is written.
Task<std::shared_ptr<const StackDefinition>> accept(
    DefinitionRow row, Parameters::Pseudo pseudo, const Registry& registry, const Members& members,
    Reach reach, Loop& loop, Parameters::Values values = Parameters::Values::Required);

}  // namespace heat
