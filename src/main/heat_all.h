#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/rest/rest_api.h"
#include "engine/engine_settings.h"
#include "main/cloud_access.h"
#include "net/server.h"

namespace heat {

/// What heat-all runs with.
struct ServeSettings {
  ServerOptions listen;  ///< of the API
  RestSettings rest;
  EngineSettings engine;
  CloudSettings cloud;
  std::string database;         ///< path of the SQLite file
  std::string encryption_keys;  ///< auth_encryption_key
};

/// API and engine in this process, each on a thread of its own, until SIGTERM or SIGINT. Work in
/// flight is left as it is and carried on by the next start. Gives the exit code.
class HeatAll {
 public:
  explicit HeatAll(ServeSettings settings);
  ~HeatAll();

  std::string url() const;  ///< "http://127.0.0.1:8004"
  void stop();

 private:
  struct ApiThread;
  struct EngineThread;
  std::unique_ptr<class SqliteStore> database_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<EngineThread> engine_;
  std::unique_ptr<ApiThread> api_;
};

}  // namespace heat
