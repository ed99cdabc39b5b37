#pragma once

#include <string>

#include "base/time.h"

namespace heat {

/// What of the configuration concerns the engine; names as in heat.conf. -1: no limit.
struct EngineSettings {
  int max_stacks_per_tenant = 512;
  int max_resources_per_stack = 1000;
  std::size_t max_template_size = 524288;  ///< characters
  int max_events_per_stack = 1000;
  Duration stack_action_timeout = std::chrono::seconds(3600);
  Duration lease = std::chrono::seconds(60);         ///< of a stack tree; renewed at a third of it
  Duration scan_interval = std::chrono::seconds(5);  ///< for trees that nobody owns, and inboxes
  std::size_t in_flight = 512;                       ///< resources of a stack worked on at a time
  std::string region;
  std::string engine_id = "heat-engine";
  std::string host = "localhost";
  std::string revision = "1";  ///< of this build, as the API shows it
};

}  // namespace heat
