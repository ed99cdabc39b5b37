#pragma once

#include <string>
#include <vector>

namespace heat {

/// `heat twin`: serves a simulated cloud on the loopback until SIGINT or SIGTERM, and says how to
/// talk to it. Gives the process's exit code. Arguments, all optional:
///   --port 35357           0 is any free one
///   --seed 7               the same ids each time; random where not given
///   --latency server.build=2000    milliseconds, of TwinOptions::latencies; may be repeated
///   --heat http://127.0.0.1:8004   lists an orchestration service in the catalogue
int run_twin(const std::vector<std::string>& arguments);

}  // namespace heat
