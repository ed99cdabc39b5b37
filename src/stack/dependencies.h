#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "graph/graph.h"
#include "stack/definition.h"
#include "stack/member.h"

namespace heat {

/// Which member of the definition needs which: by depends_on, by reference, and by what their types
/// see in their siblings. Node i is definition.members()[i]. `members` as far as they exist:
/// siblings are compared by what their references are by now.
///
/// A name that is no resource is a problem (a resource left out by its condition is not). A cycle
/// is one too: CircularDependencyException, naming the resources of one.
Graph dependencies(const StackDefinition& definition, const Members& members,
                   Diagnostics& problems);

}  // namespace heat
