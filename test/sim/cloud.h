#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/session_source.h"
#include "twin/twin.h"

namespace heat {

/// The simulated cloud, outliving the machines that orchestrate it, each of which can lose its
/// power at any request.
class Cloud {
 public:
  explicit Cloud(std::uint64_t seed);
  ~Cloud();

  Twin& twin();

  /// Called before and after each request's effect; false: the machine that asked is gone.
  std::function<bool(const TwinRequest&)> before_effect, after_effect;
  int requests() const;

  /// What a machine on `loop` reaches it by. At most one machine at a time.
  std::unique_ptr<SessionSource> connect(Loop& loop);

  /// The user demo, with a token of now.
  Context log_in();

  /// All that exists beyond what was there from the start, as lines. It is the same for two clouds
  /// that hold the same, whatever the ids, addresses, times and order.
  std::string view();
  /// What view() calls each object, by id.
  std::map<std::string, std::string> labels();

 private:
  class Clock;
  class Access;
  void make_default_group();

  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Random> random_;
  std::unique_ptr<Twin> twin_;
  std::set<std::string> seeded_;  // ids
};

}  // namespace heat
