#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/cloud.h"
#include "sim/crash/branches.h"
#include "sim/crash/moment.h"
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

/// The lines that only one of the two has: "- " expected, "+ " seen.
std::string differences(const std::string& expected, const std::string& seen);

/// Stacks of one user on a simulated cloud, and the engine that works on them.
class Trial {
 public:
  /// How an act came out: all that could be seen in the end, of stack and cloud.
  struct Outcome {
    std::string calm;                       ///< undisturbed
    std::vector<Branches::Left> disturbed;  ///< by what
  };
  explicit Trial(std::uint64_t seed, std::size_t workers = 1);

  /// Brings about what the act begins with.
  void prepare(const std::vector<Ask>& asks);
  /// Carries the act out. At each moment that the first of `plans` gives disturbances for, a copy
  /// of this process meets one and goes on to the end, for each of them; this one is never
  /// disturbed. The next plan says where copies of a copy that was killed are disturbed again, and
  /// so on: after anything else there is no recovery that could be.
  Outcome run(const std::vector<Ask>& asks, std::vector<Plan> plans);

 private:
  /// False where the machine that asked or wrote is gone.
  bool meet(Moment moment);
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
  std::vector<Plan> plans_;
  int met_ = 0;  // moments since the act began or was disturbed
  int asked_ = 0;
  std::string tag_;   // by which the client knows its latest request again
  std::string ends_;  // what went wrong in the trial itself
};

}  // namespace heat
