#pragma once

#include "store/sqlite.h"

namespace heat {

/// Brings the tables of a database up to date: each migration with a number above what it has seen.
/// The caller holds the transaction. Throws Error where the database is newer than this program.
void migrate(sqlite::Connection& connection);

}  // namespace heat
