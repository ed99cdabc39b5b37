#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace heat::cli {

enum class Format { Table, Json, Value, Dot };

/// `text` cut to `width` columns, with "…" where something was cut off.
std::string fitted(std::string_view text, std::size_t width);
/// A value on one line: text as it is, anything else as JSON, null as nothing.
std::string one_line(const Value& value);

/// Rows under a header, columns as wide as their widest cell.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const noexcept { return rows_.empty(); }
  std::string str() const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

/// A list of maps: a table of the named members, JSON of the whole, or lines of tab-separated
/// values.
struct Column {
  std::string title;
  std::string key;
};
std::string show_list(const Value& list, const std::vector<Column>& columns, Format format);
/// One map: its members below one another.
std::string show_map(const Value& map, Format format);

}  // namespace heat::cli
