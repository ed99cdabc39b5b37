#pragma once

#include <string>
#include <vector>

#include "api/rest/rest_api.h"
#include "base/log.h"
#include "engine/engine_settings.h"
#include "main/cloud_access.h"
#include "main/settings.h"
#include "net/server.h"
#include "types/types.h"
#include "yaql/budget.h"

namespace heat {

struct LogSettings {
  log::Level level = log::Level::Info;
  log::Format format = log::Format::Text;
  std::string file;  ///< empty: standard error
  bool operator==(const LogSettings&) const = default;
};

/// What heat-all runs with: the configuration, as each part takes it.
struct ServeSettings {
  LogSettings log;
  ServerOptions listen;  ///< of the API
  RestSettings rest;
  EngineSettings engine;
  std::size_t engine_workers = 1;
  CloudSettings cloud;
  TypeSettings types;
  yaql::Limits query_limits;             ///< of yaql in templates
  std::string database;                  ///< path of the SQLite file; empty: not said
  std::vector<std::string> plugin_dirs;  ///< folders with resource types of the operator's own
  std::string environment_dir;           ///< folder of the operator's environments
  std::string encryption_keys;           ///< auth_encryption_key
  bool operator==(const ServeSettings&) const = default;
};

/// Hands each part its options. Throws Error{ValueError} where they don't go together.
ServeSettings serve_settings(const Settings& settings);

}  // namespace heat
