#include "store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/check.h"
#include "store/migrations.h"
#include "store/table_access.h"

namespace heat {

namespace {

// SQLite gives its journal the rights of the file, so the file is made before SQLite would.
const std::string& made_private(const std::string& path) {
  if (path == ":memory:") return path;
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  return path;
}

constexpr const char* kKeyCheck = "key_check";

}  // namespace

Database::Database(const std::string& path, const std::string& encryption_keys)
    : connection_(made_private(path)), sealer_(encryption_keys) {
  connection_.execute("PRAGMA journal_mode = WAL");
  connection_.execute("PRAGMA synchronous = FULL");
}

void Database::prepare() {
  sqlite::Transaction transaction(connection_);
  migrate(connection_);
  check_keys();
  transaction.commit();
}

// A value sealed when the tables were made: who opens it can open the others.
void Database::check_keys() {
  auto known = connection_.run("SELECT content FROM blob WHERE name = ?");
  if (known.bind(kKeyCheck).next()) {
    sealer_.open(known.text(), kKeyCheck);
    return;
  }
  connection_.run("INSERT INTO blob (name, content) VALUES (?, ?)")
      .bind(kKeyCheck)
      .bind_blob(sealer_.seal(Value("the keys fit"), kKeyCheck))
      .change();
}

CommitResult Database::apply(const Changes& changes) {
  if (changes.ownership && !owns(*changes.ownership)) return CommitResult::NotOwner;
  struct Apply {
    Database& database;
    CommitResult operator()(const Changes::Insert& insert) const {
      return std::visit([&](const auto& row) { return database.insert(row); }, insert.row);
    }
    CommitResult operator()(const Changes::Update& update) const {
      return std::visit([&](const auto& row) { return database.update(row); }, update.row);
    }
    CommitResult operator()(const Changes::Erase& erase) const {
      std::visit(
          [&]<class Row>(const Row& row) {
            TableAccess<Row>(database.connection_, database.sealer_).erase(row);
          },
          erase.row);
      return CommitResult::Done;
    }
    CommitResult operator()(const Changes::EraseSteps& steps) const {
      database.connection_.run("DELETE FROM step WHERE resource_id = ?")
          .bind(steps.resource_id)
          .change();
      return CommitResult::Done;
    }
    CommitResult operator()(const Changes::Claim& claim) const { return database.claim(claim); }
  };
  for (const Changes::Operation& operation : changes.operations) {
    const CommitResult result = std::visit(Apply{*this}, operation);
    if (result != CommitResult::Done) return result;
  }
  if (const auto& limit = changes.stack_limit) {
    StackFilter of_project;
    of_project.project_id = limit->project_id;
    if (count_stacks(of_project) > limit->most) return CommitResult::OverLimit;
  }
  return CommitResult::Done;
}

bool Database::owns(const Changes::Ownership& ownership) {
  auto run = connection_.run("SELECT epoch FROM tree WHERE root_id = ?");
  return run.bind(ownership.root_id).next() && run.integer() == ownership.epoch;
}

std::int64_t Database::next_of(const std::string& counter) {
  connection_.run("UPDATE counter SET value = value + 1 WHERE name = ?").bind(counter).change();
  return number("SELECT value FROM counter WHERE name = ?", counter);
}

std::int64_t Database::number(const std::string& sql, const std::string& parameter) {
  auto run = connection_.run(sql);
  return run.bind(parameter).next() ? run.integer() : 0;
}

template <class Row>
CommitResult Database::insert(Row row) {
  if constexpr (std::is_same_v<Row, InboxRow>) row.sequence = next_of("inbox");
  try {
    TableAccess<Row>(connection_, sealer_).insert(row);
    return CommitResult::Done;
  } catch (const sqlite::RuleBroken&) {
    if constexpr (std::is_same_v<Row, StackRow>)
      if (!stack(std::nullopt, row.id)) return CommitResult::NameTaken;
    return CommitResult::Stale;
  }
}

template <class Row>
CommitResult Database::update(Row row) {
  check(!(std::is_same_v<Row, DefinitionRow>), "a definition never changes");
  TableAccess<Row> access(connection_, sealer_);
  if constexpr (std::is_same_v<Row, TreeRow>) {
    return access.update(row, " AND epoch = ?", row.epoch) ? CommitResult::Done
                                                           : CommitResult::NotOwner;
  } else if constexpr (requires { row.version; }) {
    const std::int64_t read = row.version++;
    try {
      return access.update(row, " AND version = ?", read) ? CommitResult::Done
                                                          : CommitResult::Stale;
    } catch (const sqlite::RuleBroken&) {
      return CommitResult::NameTaken;  // the only unique column that may change
    }
  } else {
    return access.update(row) ? CommitResult::Done : CommitResult::Stale;
  }
}

CommitResult Database::claim(const Changes::Claim& claim) {
  const std::optional<TreeRow> now = tree(claim.row.root_id);
  const bool free = now && (now->owner.empty() || now->lease_until <= claim.now);
  if (!free || now->epoch + 1 != claim.row.epoch) return CommitResult::NotOwner;
  TableAccess<TreeRow>(connection_, sealer_).update(claim.row);
  return CommitResult::Done;
}

void Database::release_trees(const std::string& owner) {
  connection_.run("UPDATE tree SET owner = '', lease_until = 0 WHERE owner = ?")
      .bind(owner)
      .change();
}

void Database::trim_events(const std::string& root_id, int keep) {
  const std::int64_t newest =
      number("SELECT COALESCE(MAX(sequence), 0) FROM event WHERE root_id = ?", root_id);
  connection_.run("DELETE FROM event WHERE root_id = ? AND sequence <= ?")
      .bind(root_id)
      .bind(newest - keep)
      .change();
}

}  // namespace heat
