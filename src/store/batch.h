#pragma once

#include <deque>
#include <exception>
#include <vector>

#include "store/executor.h"

namespace heat {

/// What became of one member of a batch; `result` means nothing where there is a problem.
struct Outcome {
  CommitResult result = CommitResult::Done;
  std::exception_ptr problem;
};

/// All of a batch in one durable transaction. A member that fails is undone alone; trouble with the
/// whole (a full disk) undoes everything and is everybody's problem.
std::vector<Outcome> carry_out(Database& database, const std::deque<Executor::Write>& batch);

}  // namespace heat
