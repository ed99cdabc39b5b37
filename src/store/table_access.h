#pragma once

#include <optional>
#include <string>

#include "store/sealer.h"
#include "store/sqlite.h"
#include "store/table.h"

namespace heat {

/// Rows of one table in and out of SQL, for every table alike, as its description says.
template <class Row>
class TableAccess {
 public:
  TableAccess(sqlite::Connection& connection, Sealer& sealer)
      : connection_(connection), sealer_(sealer) {}

  /// Throws sqlite::RuleBroken where the key (or a unique name) is taken.
  void insert(const Row& row);
  /// Writes all columns where the key is the row's and `condition` (SQL, " AND …") holds, with
  /// `number` for its "?". False where there is no such row.
  bool update(const Row& row, const std::string& condition = "",
              std::optional<std::int64_t> number = {});
  void erase(const Row& row);

  /// "SELECT <columns> FROM <table> ", whose columns read() takes.
  static const std::string& select();
  Row read(sqlite::Run& run);

 private:
  struct Bind;
  struct Take;

  // Content that many rows share is kept once, under a name made of it.
  std::string keep(const Value& value);
  Value kept(const std::string& name);

  sqlite::Connection& connection_;
  Sealer& sealer_;
};

}  // namespace heat
