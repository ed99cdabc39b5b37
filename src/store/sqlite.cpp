#include "store/sqlite.h"

#include <sqlite3.h>

#include "base/check.h"

namespace heat::sqlite {

namespace {

constexpr int kBusyMilliseconds = 10'000;  // another process may be committing

[[noreturn]] void fail(sqlite3* database) {
  const int code = database ? sqlite3_errcode(database) : SQLITE_NOMEM;
  std::string message = "The database failed: ";
  message += database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  if (code == SQLITE_FULL) message += ". Make room on the disk";
  if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
    message += ". Check that its folder is there and can be written to";
  const char* path = database ? sqlite3_db_filename(database, "main") : nullptr;
  if (path && *path) message += std::string(" (") + path + ")";
  if (code == SQLITE_CONSTRAINT) throw RuleBroken(ErrorKind::InternalError, message + ".");
  throw Error(ErrorKind::InternalError, message + ".");
}

}  // namespace

Run::~Run() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

sqlite3* Run::database() const { return sqlite3_db_handle(statement_); }

void Run::bound(int code) const {
  if (code != SQLITE_OK) fail(database());
}

Run& Run::bind(std::int64_t number) {
  bound(sqlite3_bind_int64(statement_, ++parameter_, number));
  return *this;
}

Run& Run::bind(std::string_view text) {
  bound(sqlite3_bind_text64(statement_, ++parameter_, text.data() ? text.data() : "", text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Run& Run::bind_blob(std::string_view bytes) {
  bound(
      sqlite3_bind_blob64(statement_, ++parameter_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Run& Run::bind_null() {
  bound(sqlite3_bind_null(statement_, ++parameter_));
  return *this;
}

bool Run::next() {
  check(parameter_ == sqlite3_bind_parameter_count(statement_), "a parameter was not bound");
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail(database());
  return code == SQLITE_ROW;
}

int Run::change() {
  while (next()) {
  }
  return sqlite3_changes(database());
}

std::int64_t Run::integer() { return sqlite3_column_int64(statement_, column_++); }

std::string Run::text() { return maybe().value_or(std::string()); }

std::optional<std::string> Run::maybe() {
  const int column = column_++;
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void Connection::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Connection::Connection(const std::string& path) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) fail(opened);
  sqlite3_extended_result_codes(opened, 0);
  sqlite3_busy_timeout(opened, kBusyMilliseconds);
}

Connection::~Connection() = default;

Run Connection::run(const std::string& sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return Run(known->second.get());
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(database_.get(), sql.c_str(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    fail(database_.get());
  statements_[sql].reset(statement);
  return Run(statement);
}

void Connection::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(database_.get());
}

void Connection::roll_back() noexcept {
  if (!sqlite3_get_autocommit(database_.get()))
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Transaction::~Transaction() {
  if (open_) connection_.roll_back();
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

}  // namespace heat::sqlite
