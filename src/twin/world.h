#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "async/loop.h"
#include "base/random.h"
#include "twin/objects.h"
#include "twin/options.h"

namespace heat::twin {

/// What exists in the simulated cloud and what is about to change in it: all that the services
/// share. Knows no rule of any of them.
class World {
 public:
  World(Loop& loop, Random& random, TwinOptions options);

  /// The collection of that name, as in "network/ports".
  Objects& operator[](std::string_view collection);
  const std::map<std::string, Objects, std::less<>>& collections() const { return collections_; }

  const TwinOptions& options() const noexcept { return options_; }
  TwinOptions& options() noexcept { return options_; }
  Time now() const { return loop_.now(); }
  std::string iso() const;         ///< now as "2026-11-23T02:10:20Z"
  std::string iso_micros() const;  ///< now as "2026-11-23T02:10:20.000000"
  std::string uuid() { return random_.uuid(); }
  std::string hex();  ///< a uuid without dashes, as Keystone's ids are
  std::string mac();

  /// Carries out `change` once the time that `what` takes has passed. Changes happen when somebody
  /// looks (settle()), in the order they fell due, so they need no timer.
  void later(std::string_view what, std::function<void()> change);
  void after(Duration delay, std::function<void()> change);
  void settle();

  /// Makes the next change named `what` fail with this reason.
  void fail_next(std::string what, std::string reason);
  /// The reason where `what` shall fail now, else empty.
  std::string take_failure(std::string_view what);

 private:
  Loop& loop_;
  Random& random_;
  TwinOptions options_;
  std::map<std::string, Objects, std::less<>> collections_;
  std::multimap<Time, std::function<void()>> agenda_;
  std::multimap<std::string, std::string, std::less<>> failures_;
};

}  // namespace heat::twin
