#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "sim/cloud.h"
#include "sim/machine.h"

namespace heat {

/// What a request for a stack was answered.
struct Refusal {
  int status = 0;
  std::string type, message;
  std::vector<Diagnostic> problems;  ///< of which clients show each by itself
};

/// An engine with the simulated cloud behind its REST API, and the roads to it.
class Roads {
 public:
  Roads();
  ~Roads();

  struct Asked {
    std::string tmpl, environment;  ///< texts
    std::string stack = "new";
    bool update = false;
  };
  /// Template and environment go as text.
  Refusal as_text(const Asked& asked);
  /// They go as objects, as the stock client sends them; nothing where they are none.
  std::optional<Refusal> as_objects(const Asked& asked);
  /// They lie in files, which our command line reads, sends and shows.
  Refusal by_command_line(const Asked& asked);

  /// Makes a stack, which must succeed.
  void make(const std::string& name, const std::string& tmpl);
  /// Everything that could have changed: what the store and the cloud hold, and what was asked of
  /// the cloud but reading.
  std::string state();

 private:
  Refusal send(const Asked& asked, Map body);

  Cloud cloud_;
  Machine machine_;
  Context user_;
};

}  // namespace heat
