#pragma once

#include "store/sqlite.h"

namespace heat {

/// Brings the tables of a database up to date: each migration with a number above what it has seen.
/// The caller holds the transaction. Throws Error where the database is newer than this program.
void migrate(sqlite::Connection& connection);
/// The last one that the database has seen, and the last that this program knows.
int migration_of(sqlite::Connection& connection);
int latest_migration();

}  // namespace heat
