#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace heat {

/// The options of a server program.
struct ProgramOptions {
  std::string config_file;
  std::string state;  ///< folder for database, log, clouds.yaml and pid file
  std::optional<std::uint16_t> port;
  std::uint16_t twin_port = 0;
  bool twin = false;
  /// Of TwinOptions: "server.build" → 2 s.
  std::map<std::string, Duration, std::less<>> latencies;
  int nova = 93;  ///< of TwinOptions: newest_nova
  bool help = false;

  /// Throws Error{HTTPBadRequest} for an option that `known` does not name.
  static ProgramOptions read(const std::vector<std::string>& arguments,
                             const std::vector<std::string>& known);
};

/// /etc/heat/heat.conf where it is there; else empty: no file.
std::string default_config_file();

/// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those it starts from now on.
void hold_signals();
/// Waits for SIGTERM or SIGINT. At a SIGHUP before, the log's file is opened anew. Another SIGTERM
/// or SIGINT then ends the process at once.
void wait_for_end();

/// A loopback port that nobody listens on now.
std::uint16_t free_port();

}  // namespace heat
