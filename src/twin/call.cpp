#include "twin/call.h"

#include "net/url.h"

namespace heat::twin {

Query::Query(std::string_view text) : text_(text), items_(parse_query(text)) {}

std::vector<std::string> Query::all(std::string_view key) const {
  std::vector<std::string> values;
  for (const auto& [name, value] : items_)
    if (name == key) values.push_back(value);
  return values;
}

std::string Query::get(std::string_view key, std::string_view otherwise) const {
  for (const auto& [name, value] : items_)
    if (name == key) return value;
  return std::string(otherwise);
}

bool Query::has(std::string_view key) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const auto& item) { return item.first == key; });
}

}  // namespace heat::twin
