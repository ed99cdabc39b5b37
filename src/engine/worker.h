#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "async/cancel.h"
#include "async/task_group.h"
#include "base/random.h"
#include "engine/engine_settings.h"
#include "engine/session_source.h"
#include "resource/resource_type.h"
#include "stack/claims.h"
#include "store/store.h"

namespace heat {

class TreeWork;

/// Which trees fall to a worker, of those that its process works on.
struct Share {
  std::size_t number = 0, of = 1;
  bool holds(const std::string& root_id) const {
    return std::hash<std::string>()(root_id) % of == number;
  }
};

/// Owns stack trees and works on them, on one event loop: takes those that have something to do and
/// no owner, also after a crash of the one before, and gives them up when they are done.
class Worker {
 public:
  /// `id` tells workers apart, those of earlier processes included. `sessions` null: offline.
  Worker(Loop& loop, Store& store, Random& random, const Registry& registry,
         SessionSource* sessions, EngineSettings settings, std::string id, Share share = {});
  ~Worker();

  /// Runs until stop(); then leaves every tree as it is, to be carried on.
  Task<> run();
  /// There is something to do for that tree. On the worker's loop.
  void wake(const std::string& root_id);
  void stop();

 private:
  Task<> work_on(std::string root_id);
  Task<> scan();

  Loop& loop_;
  Store& store_;
  Random& random_;
  const Registry& registry_;
  SessionSource* sessions_;
  const EngineSettings settings_;
  const std::string id_;
  const Share share_;
  Claims claims_;
  Cancel stopping_;
  std::map<std::string, std::unique_ptr<TreeWork>> trees_;
  bool worked_ = false;  // since memory was last given back
  TaskGroup tasks_;
};

}  // namespace heat
