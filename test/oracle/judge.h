#pragma once

#include <string>

#include "case.h"
#include "resource/resource_type.h"

namespace heat::oracle {

struct Verdict {
  enum class Kind { Same, Differs, Skipped };
  Kind kind = Kind::Same;
  std::string detail;  ///< what differs, or why it was skipped
};

/// Does with a case what it wants done and compares with what the original did.
Verdict judge(const Case& one, const Registry& registry);

}  // namespace heat::oracle
