#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/session_source.h"
#include "resource/behaviour.h"

namespace heat {

/// A cloud of things with names, sizes and ids, which outlives the machines that change it. Each
/// change takes a second, and takes effect in the middle of it.
class World {
 public:
  struct Thing {
    std::string name;
    std::string uses;  ///< its property name: the id of another thing, mostly
    std::int64_t size = 0;
  };
  std::map<std::string, Thing> things;  ///< by id
  struct Trust {
    std::string credential;  ///< whose it is
    std::string user;
    Value roles;
  };
  std::map<std::string, Trust> trusts;  ///< by id
  std::string refuses_trust_of;         ///< a user without the roles

  /// Called before and after each effect with its number; false: the machine that asked is gone.
  std::function<bool(int)> before_effect, after_effect;
  int effects = 0;
  std::string wrong;  ///< what a cloud would not have allowed

  /// "Test::Thing": properties name (replaces), size (in place), fail (creating it fails after it
  /// was made). Attribute: size.
  void add_type(Registry& registry);
  /// Where trusts are made and ended, for a machine's loop.
  std::unique_ptr<SessionSource> sessions(Loop& loop);

 private:
  /// Half of the time before the effect, half of it after.
  Task<Value> carry_out(Loop& loop, std::function<Value()> effect);

  int next_ = 1;
  friend class Keyring;
  friend class ThingBehaviour;
};

}  // namespace heat
