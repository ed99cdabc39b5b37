#include "yaql/clock.h"

#include <chrono>
#include <ctime>

#include "base/random.h"

namespace heat::yaql {

double random_fraction() { return static_cast<double>(SystemRandom().next() >> 11) * 0x1.0p-53; }

std::uint64_t random_below(std::uint64_t bound) {
  return bound == 0 ? SystemRandom().next() : SystemRandom().below(bound);
}

std::int64_t now_micros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t local_offset_seconds() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return local.tm_gmtoff;
}

}  // namespace heat::yaql
