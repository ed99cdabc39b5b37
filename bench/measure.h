#pragma once

#include <functional>
#include <string>

namespace heat::bench {

/// What a piece of work took of this process.
struct Measure {
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_mib = 0;  ///< the most memory held while it ran, all of the process counted
};

Measure measure(const std::function<void()>& work);

}  // namespace heat::bench
