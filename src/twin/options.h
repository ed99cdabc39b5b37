#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"

namespace heat {

/// A service that the twin does not play itself but lists in its catalogue. In `url`,
/// "{project}" stands for the caller's project id.
struct TwinEndpoint {
  std::string type;  ///< "orchestration"
  std::string name;  ///< "heat"
  std::string url;
};

struct TwinOptions {
  std::string base_url = "http://twin.test";  ///< of all services, without a slash at the end
  std::string region = "RegionOne";
  Duration token_life = std::chrono::hours(1);

  /// How long things take. A service's name ("compute", "network", "identity", "volume", "image")
  /// is the time of each of its answers; the others are changes of state: "server.build",
  /// "server.action", "server.delete", "volume.create", "volume.attach", "volume.detach",
  /// "volume.extend", "volume.delete", "snapshot.create", "snapshot.delete", "backup.create",
  /// "backup.delete", "image.create". What is not named here takes no time as an answer, and
  /// `usual_change` as a change of state.
  std::map<std::string, Duration, std::less<>> latencies;
  Duration usual_change = std::chrono::milliseconds(200);

  int newest_nova = 93;  ///< minor of the newest microversion of Nova, of those that the twin knows

  /// Neutron's quotas by resource ("port"), for each project; what is missing is unlimited.
  std::map<std::string, std::int64_t, std::less<>> quotas;
  std::vector<TwinEndpoint> endpoints;
  std::size_t log_limit = 100'000;  ///< requests that the log keeps
  bool log_bodies = false;          ///< and their bodies
};

}  // namespace heat
