#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cloud.h"
#include "sim/machine.h"

namespace heat {

/// What a client asks for, and when: in seconds after the one before, unless that is to end first.
struct Ask {
  enum class What { Create, Update, Delete } what;
  std::string source;       ///< of the template
  std::string environment;  ///< text
  bool rollback = false;
  std::optional<int> after{};  ///< seconds; nothing: once all is done
};

/// How a run is disturbed, once.
struct Disturbance {
  enum class Kind { KillAtRequest, KillAtCommit, Fault } kind;
  int number;          ///< of the request or commit, from 1, counted from the beginning of the act
  bool after = false;  ///< its effect
  TwinFault fault{};   ///< of the request with that number
};

std::string to_string(const Disturbance& disturbance);

/// The lines that only one of the two has: "- " expected, "+ " seen.
std::string differences(const std::string& expected, const std::string& seen);

/// One life of the example application on a simulated cloud.
class Trial {
 public:
  explicit Trial(std::uint64_t seed);

  /// Brings about what the act begins with.
  void prepare(const std::vector<Ask>& asks);
  /// False where the disturbance never came: the act has not so many requests or commits.
  bool run(const std::vector<Ask>& asks, std::optional<Disturbance> disturbance);

  /// Of the act.
  int requests() const { return last_request_ - first_request_; }
  int commits() const { return last_commit_ - first_commit_; }

  /// Numbers of the act's requests that change something in the cloud.
  std::vector<int> effects();
  /// "POST /network/v2.0/ports", by its number in the act.
  std::string request(int number);

  /// All that can be seen in the end, of stack and cloud.
  std::string seen();

 private:
  void disturb(const Disturbance& disturbance);
  void carry_out(const Ask& ask);
  bool ask(const Ask& ask);
  bool taken(const Ask& ask);
  bool finish();
  std::string seen_of(const StackRow& row);

  Cloud cloud_;
  Machine machine_;
  Context user_;
  int first_request_ = 0, first_commit_ = 0;
  int last_request_ = 0, last_commit_ = 0;
  bool disturbed_ = false;
  std::string ends_;  // what went wrong in the trial itself
};

}  // namespace heat
