#pragma once

#include <functional>
#include <memory>
#include <string>

#include "async/loop.h"
#include "store/store.h"

namespace heat {

/// The Store in memory, for simulations: everything is carried out at once, in the order asked, and
/// resumed through the loop, so that runs replay. What it holds outlives the stores it gave: drop
/// the engine, make a new store, and the "machine" has restarted.
class MemoryStore {
 public:
  explicit MemoryStore(const std::string& encryption_keys = "a key for simulations only");
  ~MemoryStore();

  /// Called around each commit with its number, counted from 1 over the life of this object. False
  /// cuts the power: the commit, if before it, is lost, and no task of a store given so far goes
  /// on. What they throw comes out of the commit.
  std::function<bool(int)> before_commit, after_commit;

  int commits() const;
  int reads() const;
  std::unique_ptr<Store> for_loop(Loop& loop);

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace heat
