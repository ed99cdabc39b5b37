#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "twin/twin.h"

namespace heat {

/// A moment of an act at which it can be disturbed.
struct Moment {
  enum class At { Request, Commit } at;
  bool after = false;     ///< its effect
  int number = 0;         ///< from 1, counted from the beginning of the act
  std::string request{};  ///< "POST /network/v2.0/ports"
  /// Whether it is a request that changes something in the cloud.
  bool changes = false;
  int since = 0;  ///< from 1: the how many-th since the act began, or was disturbed
};

/// What happens then: the engine is killed, or the cloud fails the request in this way.
using Disturbance = std::optional<TwinFault>;

/// Those that are to be tried at a moment.
using Plan = std::function<std::vector<Disturbance>(const Moment&)>;

/// Of all that `plan` names, every `stride`-th; HEAT_CRASH_STRIDE in the environment goes before.
/// Where the first of them lies differs with the moment that it is first asked for.
Plan sampled(int stride, Plan plan);

/// The engine is killed at one of the first moments: recovery is itself what can be disturbed.
std::vector<Disturbance> killed_soon(const Moment& moment);

/// "killed after request 7 POST /network/v2.0/ports"
std::string name_of(const Disturbance& disturbance, const Moment& moment);

}  // namespace heat
