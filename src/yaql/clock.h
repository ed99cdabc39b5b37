#pragma once

#include <cstdint>

namespace heat::yaql {

// The only sources of the outer world: what random(), now() and localtz() ask.
double random_fraction();  ///< in [0, 1)
std::uint64_t random_below(std::uint64_t bound);
std::int64_t now_micros();            ///< since 1970
std::int64_t local_offset_seconds();  ///< of the machine's time zone, ahead of UTC

}  // namespace heat::yaql
