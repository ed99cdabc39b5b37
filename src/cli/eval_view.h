#pragma once

#include <string>

#include "base/diagnostics.h"
#include "cli/options.h"
#include "stack/rehearsal.h"

namespace heat::cli {

/// What is shown of a rehearsal beside its outputs.
struct EvalParts {
  bool resources = false;
  bool graph = false;
};

/// {"outputs": {name: value}, "resources": {name: {type, reference, properties}}, "graph": {name:
/// [names it needs]}, "unknown": {"outputs.url": ["web.first_address"]}}: what is not known is null
/// and has an entry in "unknown". Problems of single outputs go to `problems`.
Value evaluation(Rehearsal& rehearsal, EvalParts parts, Diagnostics& problems);

/// The same for people, or as JSON; with Format::Dot the graph in Graphviz's language.
std::string show_evaluation(const Rehearsal& rehearsal, const Value& evaluation, Format format);

}  // namespace heat::cli
