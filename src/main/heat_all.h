#pragma once

#include <memory>
#include <string>
#include <vector>

#include "main/serve_settings.h"
#include "resource/resource_type.h"
#include "store/sqlite_store.h"

namespace heat {

/// The API and the engine's workers in this process, each on a thread of its own. Ending it leaves
/// work in flight as it is, to be carried on by the next start.
class HeatAll {
 public:
  explicit HeatAll(ServeSettings settings);
  ~HeatAll();

  std::string url() const;  ///< "http://127.0.0.1:8004"

 private:
  struct ApiThread;
  struct EngineThread;
  void wake(const std::string& root_id);

  std::unique_ptr<SqliteStore> database_;
  Registry registry_;
  std::vector<std::unique_ptr<EngineThread>> engine_;
  std::unique_ptr<ApiThread> api_;
};

}  // namespace heat
