#pragma once

#include "base/diagnostics.h"
#include "resource/behaviour.h"
#include "resource/rest/plan.h"

namespace heat::rest {

/// Checks what must hold between properties. A property that is Unknown counts as given.
void check_rules(const std::vector<Rule>& rules, const Value& properties, const Path& path,
                 Diagnostics& problems);

/// Siblings that must come before `self`.
Neighbours siblings_first(const std::vector<Dependency>& dependencies, const Sibling& self,
                          const Siblings& all);

}  // namespace heat::rest
