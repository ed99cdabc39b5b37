#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "async/semaphore.h"
#include "store/store.h"

namespace heat {

/// Tells whose an object of the cloud is where only its looks can tell (a name that the template
/// chose, a network), whichever stack made it: of those that look alike one is made at a time. The
/// steps of a worker wait for each other's turn, and in the store for steps of other workers, in
/// the order in which they were begun; a crash keeps their places.
class Claims {
 public:
  Claims(Loop& loop, Store& store) : loop_(loop), store_(store) {}

  /// For as long as the permit is held nobody else in this worker makes, or looks for, what looks
  /// so.
  Task<Semaphore::Permit> turn(std::string looks);
  /// Whether another stack's step must end before this one goes on (see Store::is_preceded). Who
  /// goes on where none does, holding the permit, is alone: at most one lost object of these looks
  /// is ever unknown, and what one finds was not made by another.
  Task<bool> is_preceded(std::string resource_id, std::string step);
  /// What steps of these looks are known by in the store. Others may have it by chance: they wait
  /// for each other in vain, but not for long.
  static std::int64_t number(const std::string& looks);
  /// Whether a resource of any stack, other than `resource_id`, is known to have this physical id.
  Task<bool> is_claimed(std::string physical_id, std::string resource_id);

 private:
  Loop& loop_;
  Store& store_;
  std::map<std::string, Semaphore> turns_;
};

}  // namespace heat
