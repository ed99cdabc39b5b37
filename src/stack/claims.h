#pragma once

#include <map>
#include <string>

#include "async/semaphore.h"
#include "store/store.h"

namespace heat {

/// Tells whose an object of the cloud is where only its looks can tell (a name that the template
/// chose, a network): for all trees of a worker, since any of them may have made it.
class Claims {
 public:
  Claims(Loop& loop, Store& store) : loop_(loop), store_(store) {}

  /// For as long as the permit is held nobody else makes, or looks for, what looks so. So at most
  /// one lost object of these looks is ever unknown, and what one finds was not made by another.
  Task<Semaphore::Permit> turn(std::string looks);
  /// Whether a resource of any stack, other than `resource_id`, is known to have this physical id.
  Task<bool> is_claimed(std::string physical_id, std::string resource_id);

 private:
  Loop& loop_;
  Store& store_;
  std::map<std::string, Semaphore> turns_;
};

}  // namespace heat
