#include "store/batch.h"

namespace heat {

namespace {

Outcome carry_out(Database& database, const Executor::Write& write) {
  sqlite::Connection& connection = database.connection();
  Outcome outcome;
  connection.execute("SAVEPOINT member");
  try {
    outcome.result = write.work(database);
  } catch (...) {
    outcome.problem = std::current_exception();
  }
  if (outcome.problem || outcome.result != CommitResult::Done)
    connection.execute("ROLLBACK TO member");
  connection.execute("RELEASE member");
  return outcome;
}

}  // namespace

std::vector<Outcome> carry_out(Database& database, const std::deque<Executor::Write>& batch) {
  try {
    std::vector<Outcome> outcomes;
    sqlite::Transaction transaction(database.connection());
    for (const Executor::Write& write : batch) outcomes.push_back(carry_out(database, write));
    transaction.commit();
    return outcomes;
  } catch (...) {
    return std::vector<Outcome>(batch.size(), Outcome{{}, std::current_exception()});
  }
}

}  // namespace heat
