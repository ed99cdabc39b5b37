#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"

namespace heat::log {

/// Fields that lines have in common, and those around them.
struct Common {
  std::vector<std::pair<std::string, std::string>> fields;
  std::shared_ptr<const Common> outer;
};
using Context = std::shared_ptr<const Common>;

/// Of the code that runs on this thread. Tasks keep it while they wait (async/task.h).
inline thread_local Context context;

/// Adds fields to every line that is written while it lives, by the coroutine that has it and by
/// all that this awaits or spawns: {"stack", id}.
class Scope {
 public:
  explicit Scope(Fields fields);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Context own_;
};

}  // namespace heat::log
