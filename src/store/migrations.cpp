#include "store/migrations.h"

#include <algorithm>

#include "store/table.h"

namespace heat {

namespace {

// A table as SQL sees it. Every table and column belongs to the migration it is `since`; what else
// a migration does is in the list of statements below.
struct ColumnShape {
  std::string_view name;
  std::string_view type;
  int since;
};
struct TableShape {
  std::string_view name;
  std::size_t keys;
  std::vector<ColumnShape> columns;

  int since() const { return std::ranges::min(columns, {}, &ColumnShape::since).since; }
};

struct Statement {
  int migration;
  const char* sql;
};

constexpr Statement kStatements[] = {
    {1, "CREATE TABLE blob (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)"},
    {1, "CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)"},
    {1, "INSERT INTO counter (name, value) VALUES ('inbox', 0)"},
    {1, "CREATE UNIQUE INDEX stack_live_name ON stack (project_id, live_name)"},
    {1, "CREATE INDEX stack_root ON stack (root_id, status)"},
    {1, "CREATE INDEX resource_stack ON resource (stack_id)"},
    {1, "CREATE INDEX inbox_root ON inbox (root_id)"},
    {1, "CREATE INDEX event_stack ON event (stack_id)"},
    {1, "CREATE UNIQUE INDEX event_sequence ON event (root_id, sequence)"},
    {2, "CREATE INDEX credential_root ON credential (root_id)"},
    {2,
     "UPDATE credential SET state = 'made', root_id = COALESCE("
     "(SELECT root_id FROM stack WHERE stack.credential_id = credential.id), '')"},
    {5, "CREATE INDEX step_looks ON step (looks) WHERE looks <> 0 AND done = 0"},
};

template <class Row>
struct TypeOf {
  std::string_view operator()(std::string Row::*) const { return "TEXT NOT NULL DEFAULT ''"; }
  std::string_view operator()(bool Row::*) const { return "INTEGER NOT NULL DEFAULT 0"; }
  std::string_view operator()(int Row::*) const { return "INTEGER NOT NULL DEFAULT 0"; }
  std::string_view operator()(std::int64_t Row::*) const { return "BIGINT NOT NULL DEFAULT 0"; }
  std::string_view operator()(std::vector<std::string> Row::*) const {
    return "TEXT NOT NULL DEFAULT ''";
  }
  std::string_view operator()(Value Row::*) const { return "BLOB"; }
  std::string_view operator()(typename Column<Row>::Shared) const { return "TEXT"; }
  std::string_view operator()(typename Column<Row>::Derived) const { return "TEXT"; }
};

template <class Row>
TableShape shape() {
  TableShape shape{table<Row>().name, table<Row>().keys, {}};
  for (const Column<Row>& column : table<Row>().columns)
    shape.columns.push_back({column.name, std::visit(TypeOf<Row>{}, column.source), column.since});
  return shape;
}

std::vector<TableShape> all_tables() {
  return {shape<DefinitionRow>(), shape<StackRow>(),      shape<TreeRow>(),
          shape<ResourceRow>(),   shape<StepRow>(),       shape<InboxRow>(),
          shape<EventRow>(),      shape<CredentialRow>(), shape<ServiceRow>()};
}

std::string create(const TableShape& table, int migration) {
  std::string sql = "CREATE TABLE " + std::string(table.name) + " (";
  for (const ColumnShape& column : table.columns)
    if (column.since == migration)
      sql += std::string(column.name) + " " + std::string(column.type) + ", ";
  sql += "PRIMARY KEY (";
  for (std::size_t i = 0; i < table.keys; ++i)
    sql += (i ? ", " : "") + std::string(table.columns[i].name);
  return sql + "))";
}

void carry_out(sqlite::Connection& connection, int migration) {
  for (const TableShape& table : all_tables()) {
    if (table.since() == migration) {
      connection.execute(create(table, migration));
      continue;
    }
    for (const ColumnShape& column : table.columns)
      if (column.since == migration)
        connection.execute("ALTER TABLE " + std::string(table.name) + " ADD COLUMN " +
                           std::string(column.name) + " " + std::string(column.type));
  }
  for (const Statement& statement : kStatements)
    if (statement.migration == migration) connection.execute(statement.sql);
  connection.run("INSERT INTO migration (number) VALUES (?)").bind(migration).change();
}

/// `which`: "= 'name'" and the like.
bool has_table(sqlite::Connection& connection, const std::string& which) {
  return connection
      .run(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND "
          "name " +
          which)
      .next();
}

}  // namespace

int latest_migration() {
  int number = std::ranges::max(kStatements, {}, &Statement::migration).migration;
  for (const TableShape& table : all_tables())
    for (const ColumnShape& column : table.columns) number = std::max(number, column.since);
  return number;
}

int migration_of(sqlite::Connection& connection) {
  if (!has_table(connection, "= 'migration'")) return 0;
  auto run = connection.run("SELECT COALESCE(MAX(number), 0) FROM migration");
  return run.next() ? static_cast<int>(run.integer()) : 0;
}

void migrate(sqlite::Connection& connection) {
  const int seen = migration_of(connection), latest = latest_migration();
  if (seen == 0 && has_table(connection, "NOT IN ('migration')"))
    throw Error(ErrorKind::ValueError,
                "The database has the tables of another program, perhaps of the original Heat, "
                "whose stacks can't be taken over. Name a file of its own in [database] "
                "connection.");
  connection.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY)");
  if (seen > latest)
    throw Error(ErrorKind::InternalError,
                "The database was made by a newer version of heat (migration " +
                    std::to_string(seen) + ", this program knows " + std::to_string(latest) +
                    "). Install that version.");
  for (int number = seen + 1; number <= latest; ++number) carry_out(connection, number);
}

}  // namespace heat
