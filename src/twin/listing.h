#pragma once

#include <vector>

#include "twin/call.h"

namespace heat::twin {

/// A value as a query names it: "true", "5", text; null is empty.
std::string query_text(const Value& value);
/// Whether the object has what the query asks of it: several values of one name are alternatives.
/// Names that the object does not have are ignored, as the services do.
bool matches(const Map& object, const Query& query);

/// In the order of sort_key/sort_dir or sort=key:dir; as they were where nothing is asked.
void sort_rows(std::vector<Map>& rows, const Query& query);

struct Page {
  std::vector<Map> rows;
  bool more = false;  ///< a limit cut it
  bool unknown_marker = false;
};
/// What follows `marker` (the row's `id_field`), at most `limit` of it.
Page page_of(std::vector<Map> rows, const Query& query, std::string_view id_field = "id");

/// Only the members that fields=… names; all where it names none.
Map with_fields(const Map& object, const Query& query);

}  // namespace heat::twin
