#pragma once

#include "case.h"
#include "judge.h"

namespace heat::oracle {

/// Evaluates a case's yaql expression and compares the result, or the error by its class.
Verdict judge_yaql(const Case& one);

}  // namespace heat::oracle
