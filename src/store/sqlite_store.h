#pragma once

#include <memory>
#include <string>

#include "async/loop.h"
#include "store/store.h"

namespace heat {

/// The Store on an SQLite file, for any number of event loops: one thread writes, merging what
/// waits into one durable commit, another one reads. Other processes may use the same file.
class SqliteStore {
 public:
  struct Options {
    std::string path;
    std::string encryption_keys;  ///< the setting auth_encryption_key; see Sealer
    Duration gather = std::chrono::milliseconds(2);  ///< how long relaxed changes wait for company
  };

  /// Opens or makes the database and brings its tables up to date. Throws Error.
  explicit SqliteStore(const Options& options);
  /// What was asked for before is written before. Stores and their tasks must be gone.
  ~SqliteStore();

  /// The store for one loop: tasks are awaited and resumed on its thread. The loop outlives this
  /// object: a thread of ours may still be inside post() when the task that it woke has ended.
  std::unique_ptr<Store> for_loop(Loop& loop);

 private:
  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace heat
