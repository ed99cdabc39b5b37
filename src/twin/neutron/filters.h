#pragma once

#include "twin/call.h"
#include "twin/neutron/attributes.h"

namespace heat::twin::neutron {

/// Whether a list with this query shows `object`.
bool is_asked_for(const Kind& kind, const Map& object, const Query& query);

}  // namespace heat::twin::neutron
