#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace heat::sqlite {

/// A statement broke a rule of the tables (unique, not null); all other trouble is a plain Error.
class RuleBroken : public Error {
 public:
  using Error::Error;
};

/// One run of a prepared statement: bind every "?" in order, then step through the rows. Columns
/// are taken in order. The statement is free for its next run when this ends.
class Run {
 public:
  explicit Run(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Run& bind(std::int64_t number);
  Run& bind(std::string_view text);
  Run& bind_blob(std::string_view bytes);
  Run& bind_null();

  /// Goes to the next row; false after the last one. Throws Error, as all here do.
  bool next();
  /// For a statement without rows: carries it out and gives how many rows it changed.
  int change();

  std::int64_t integer();
  std::string text();                  ///< of a text or blob column; empty for NULL
  std::optional<std::string> maybe();  ///< nothing for NULL

 private:
  sqlite3* database() const;
  void bound(int code) const;

  sqlite3_stmt* statement_;
  int parameter_ = 0;
  int column_ = 0;
};

/// One connection, for one thread. Statements are prepared once and kept.
class Connection {
 public:
  /// Opens the file or makes it; ":memory:" is a database of its own that ends with the connection.
  explicit Connection(const std::string& path);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Run run(const std::string& sql);
  /// One or more statements without parameters or rows.
  void execute(const std::string& sql);
  /// Undoes the transaction, if one is open. Never throws: what it can't undo, closing undoes.
  void roll_back() noexcept;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

/// A writing transaction: undone unless it was committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {
    connection_.execute("BEGIN IMMEDIATE");
  }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Durable when this returns.
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

/// A reading transaction: all that is read while it lasts is of one moment.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    connection_.execute("BEGIN");
  }
  ~Snapshot() { connection_.roll_back(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace heat::sqlite
