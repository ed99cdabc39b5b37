#pragma once

#include <string>

#include "base/time.h"

namespace heat {

/// What of the configuration concerns the engine; names as in heat.conf. -1: no limit.
struct EngineSettings {
  int max_stacks_per_tenant = 512;
  int max_resources_per_stack = 1000;
  int max_nested_stack_depth = 5;
  std::size_t max_template_size = 524288;  ///< characters
  Duration template_fetch_timeout = std::chrono::seconds(60);
  int max_events_per_stack = 1000;
  Duration stack_action_timeout = std::chrono::seconds(3600);
  Duration request_timeout = std::chrono::seconds(60);  ///< of one that changes the cloud
  Duration scan_interval = std::chrono::seconds(5);     ///< for trees that nobody owns, and inboxes
  std::size_t in_flight = 512;  ///< resources of a stack worked on at a time
  std::string region;
  Duration report_interval = std::chrono::seconds(60);  ///< of a worker's signs of life
  std::string host = "localhost";
  std::string revision = "1";  ///< of this build, as the API shows it

  /// A lease on a tree must run this much longer when an effect begins, so that it ends within.
  Duration lease_margin() const { return request_timeout + std::chrono::seconds(5); }
  /// Long enough to leave the margin between two renewals, a slow disk included.
  Duration lease() const { return lease_margin() + 3 * lease_renewal(); }
  Duration lease_renewal() const { return std::chrono::seconds(10); }
  bool operator==(const EngineSettings&) const = default;
};

}  // namespace heat
