#pragma once

#include "case.h"
#include "judge.h"

namespace heat::oracle {

/// Sends a case the way of the API's requests, through definition and examination, and compares
/// whether it is refused, and by what name.
Verdict judge_request(const Case& one, const Registry& registry);

}  // namespace heat::oracle
