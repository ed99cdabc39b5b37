#pragma once

#include <string>

#include "async/cancel.h"
#include "async/loop.h"
#include "base/value.h"
#include "engine/engine_settings.h"
#include "store/store.h"

namespace heat {

/// Tells in the store, every `report_interval`, that a worker lives.
class ServiceReport {
 public:
  /// `owner`: as new_owner_id() gave it to the worker.
  ServiceReport(Loop& loop, Store& store, const EngineSettings& settings, const std::string& owner);

  /// Until `stopping`; then takes the worker's row away. Rows of workers that are certainly dead go
  /// at the start.
  Task<> run(Cancel stopping);

 private:
  Task<Changes> dead_rows();
  Task<> write(Changes changes);

  Loop& loop_;
  Store& store_;
  const Duration interval_;
  ServiceRow row_;
};

/// Whether a worker gives no sign of life any more, at `now`: its process is gone, or it has not
/// reported for two intervals.
bool is_down(const ServiceRow& row, Time now);
/// As the API and the command line show it.
Value shown_service(const ServiceRow& row, Time now);

}  // namespace heat
