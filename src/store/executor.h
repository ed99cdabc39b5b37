#pragma once

#include <exception>
#include <functional>
#include <memory>

#include "async/loop.h"
#include "store/database.h"

namespace heat {

/// Where the database's work is done: on threads of its own, or at once in a simulation.
class Executor {
 public:
  virtual ~Executor() = default;

  /// `work` within a transaction, undone where it throws or gives anything but Done; then `done`,
  /// from any thread, when the result is durable.
  struct Write {
    std::function<CommitResult(Database&)> work;
    std::function<void(CommitResult, std::exception_ptr)> done;
    bool relaxed = false;
  };
  virtual void write(Write write) = 0;
  /// `work` sees all that was written before; it throws nothing, and ends with resuming who asked.
  virtual void read(std::function<void(Database&)> work) = 0;
};

/// The Store as one event loop sees it: whoever awaits is resumed there. The executor lives longer.
std::unique_ptr<Store> make_store(Executor& executor, Loop& loop);

}  // namespace heat
