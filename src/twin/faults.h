#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace heat {

/// One thing that goes wrong: at the n-th request that it is about.
struct TwinFault {
  enum class Kind {
    Unreachable,  ///< no connection: no effect, and the client knows
    LostRequest,  ///< sent, no effect, no answer
    LostAnswer,   ///< sent, took effect, no answer
    LateEffect,   ///< sent, no answer, takes effect `delay` later: the service was still at it
    Status,       ///< answered with `status`, no effect
    Slow,         ///< took effect, answered `delay` later
  };
  Kind kind = Kind::LostAnswer;
  std::uint64_t at = 1;  ///< counted from 1, of those it is about, from when it was planned
  std::string about{};   ///< how "POST /network/v2.0/ports" must begin; empty: any request
  int status = 503;
  Duration delay{};
  std::uint64_t times = 1;  ///< so many requests from the n-th on
};

/// The faults that are to come.
class TwinFaults {
 public:
  void plan(TwinFault fault);
  void clear() { planned_.clear(); }
  /// The fault that the request ("POST /network/v2.0/ports") meets.
  std::optional<TwinFault> next(std::string_view request);

 private:
  struct Planned {
    TwinFault fault;
    std::uint64_t seen = 0;
  };
  std::vector<Planned> planned_;
};

}  // namespace heat
