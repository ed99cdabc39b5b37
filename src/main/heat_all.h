#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/rest/rest_api.h"
#include "engine/engine_settings.h"
#include "main/cloud_access.h"
#include "net/server.h"
#include "resource/resource_type.h"
#include "store/sqlite_store.h"
#include "types/types.h"

namespace heat {

/// What heat-all runs with.
struct ServeSettings {
  ServerOptions listen;  ///< of the API
  RestSettings rest;
  EngineSettings engine;
  CloudSettings cloud;
  TypeSettings types;
  std::string database;                  ///< path of the SQLite file
  std::vector<std::string> plugin_dirs;  ///< folders with resource types of the operator's own
  std::string encryption_keys;           ///< auth_encryption_key
};

/// API and engine in this process, each on a thread of its own. Ending it leaves work in flight as
/// it is, to be carried on by the next start.
class HeatAll {
 public:
  explicit HeatAll(ServeSettings settings);
  ~HeatAll();

  std::string url() const;  ///< "http://127.0.0.1:8004"

 private:
  struct ApiThread;
  struct EngineThread;
  std::unique_ptr<SqliteStore> database_;
  Registry registry_;
  std::unique_ptr<EngineThread> engine_;
  std::unique_ptr<ApiThread> api_;
};

}  // namespace heat
