#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/rows.h"

namespace heat {

/// Where a column's value lives in the row struct; its type decides how it is kept. A Value is
/// sealed, a list of strings is JSON text.
template <class Row>
struct Column {
  /// A large Value that many rows may hold: sealed, and kept once by its content.
  struct Shared {
    Value Row::* member;
  };
  /// Worked out of the row when it is written and never read back; nothing is NULL.
  using Derived = std::optional<std::string> (*)(const Row&);
  using Source = std::variant<std::string Row::*, bool Row::*, int Row::*, std::int64_t Row::*,
                              std::vector<std::string> Row::*, Value Row::*, Shared, Derived>;

  std::string_view name;
  Source source;
  int since = 1;  ///< the migration that adds it
};

/// How a row struct is kept. The first `keys` columns are its primary key.
template <class Row>
struct Table {
  std::string_view name;
  std::size_t keys;
  std::vector<Column<Row>> columns;
};

template <class Row>
const Table<Row>& table();
template <>
const Table<DefinitionRow>& table();
template <>
const Table<StackRow>& table();
template <>
const Table<TreeRow>& table();
template <>
const Table<ResourceRow>& table();
template <>
const Table<StepRow>& table();
template <>
const Table<InboxRow>& table();
template <>
const Table<EventRow>& table();
template <>
const Table<CredentialRow>& table();
template <>
const Table<ServiceRow>& table();

}  // namespace heat
