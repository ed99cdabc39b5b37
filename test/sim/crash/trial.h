#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/cloud.h"
#include "sim/crash/branches.h"
#include "sim/machine.h"

namespace heat {

/// What a client asks for, and when: in seconds after the one before, unless that is to end first.
struct Ask {
  enum class What { Create, Update, CancelUpdate, Delete } what;
  std::string source{};       ///< of the template
  std::string environment{};  ///< text
  bool rollback = false;
  std::optional<int> after{};  ///< seconds; nothing: once all is done
  std::string stack = "web";
};

/// A moment of an act at which it can be disturbed.
struct Moment {
  enum class At { Request, Commit } at;
  bool after = false;     ///< its effect
  int number = 0;         ///< from 1, counted from the beginning of the act
  std::string request{};  ///< "POST /network/v2.0/ports"
  /// Whether it is a request that changes something in the cloud.
  bool changes = false;
};

/// What happens then: the engine is killed, or the cloud fails the request in this way.
using Disturbance = std::optional<TwinFault>;

/// Those that are to be tried at a moment.
using Plan = std::function<std::vector<Disturbance>(const Moment&)>;

/// Of all that `plan` names, every `stride`-th; HEAT_CRASH_STRIDE in the environment goes before.
Plan sampled(int stride, Plan plan);

/// The lines that only one of the two has: "- " expected, "+ " seen.
std::string differences(const std::string& expected, const std::string& seen);

/// Stacks of one user on a simulated cloud, and the engine that works on them.
class Trial {
 public:
  /// How an act came out: all that could be seen in the end, of stack and cloud.
  struct Outcome {
    std::string calm;                       ///< undisturbed
    std::vector<Branches::Left> disturbed;  ///< by what; each was disturbed once
  };
  explicit Trial(std::uint64_t seed);

  /// Brings about what the act begins with.
  void prepare(const std::vector<Ask>& asks);
  /// Carries the act out. At each moment that `plan` gives disturbances for, a copy of this process
  /// meets one and goes on to the end, for each of them; this one is never disturbed.
  Outcome run(const std::vector<Ask>& asks, const Plan& plan);

 private:
  /// False where the machine that asked or wrote is gone.
  bool meet(Moment moment, const Plan& plan);
  std::string seen();
  void carry_out(const Ask& ask);
  bool ask(const Ask& ask);
  bool taken(const Ask& ask);
  bool finish();
  using Labels = std::map<std::string, std::string>;
  std::string seen_of(const StackRow& row, const Labels& labels);
  /// What several resources take for theirs.
  std::string shared(const std::vector<StackRow>& stacks);

  Cloud cloud_;
  Machine machine_;
  Context user_;
  Branches branches_;
  int asked_ = 0;
  std::string tag_;   // by which the client knows its latest request again
  std::string ends_;  // what went wrong in the trial itself
};

}  // namespace heat
