#include "twin/listing.h"

#include <charconv>

#include "twin/objects.h"

namespace heat::twin {

namespace {

constexpr std::string_view kControls[] = {"fields", "sort_key", "sort_dir", "sort",
                                          "limit",  "marker",   "offset",   "page_reverse"};

bool control(std::string_view name) {
  return std::find(std::begin(kControls), std::end(kControls), name) != std::end(kControls);
}

bool same(const Value& value, const std::string& asked) {
  if (value.is_bool()) {
    const bool truth = asked == "true" || asked == "True" || asked == "1";
    return value.as_bool() == truth;
  }
  if (value.is_null()) return asked.empty() || asked == "None" || asked == "null";
  return query_text(value) == asked;
}

bool before(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return a.as_double() < b.as_double();
  return query_text(a) < query_text(b);
}

}  // namespace

std::string query_text(const Value& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_int()) return std::to_string(value.as_int());
  return {};
}

bool matches(const Map& object, const Query& query) {
  for (const auto& [name, ignored] : query) {
    const Value* value = object.find(name);
    if (!value || control(name)) continue;
    const auto asked = query.all(name);
    if (std::none_of(asked.begin(), asked.end(),
                     [&](const std::string& each) { return same(*value, each); }))
      return false;
  }
  return true;
}

void sort_rows(std::vector<Map>& rows, const Query& query) {
  std::vector<std::pair<std::string, bool>> keys;  // and whether it descends
  const auto names = query.all("sort_key"), directions = query.all("sort_dir");
  for (std::size_t i = 0; i < names.size(); ++i)
    keys.emplace_back(names[i], i < directions.size() && directions[i] == "desc");
  std::string sort = query.get("sort");
  while (!sort.empty()) {
    const std::string item = sort.substr(0, sort.find(','));
    sort.erase(0, item.size() + 1);
    keys.emplace_back(item.substr(0, item.find(':')), item.ends_with(":desc"));
  }
  const auto order = [&](const Map& a, const Map& b) {
    for (const auto& [key, descends] : keys) {
      const Value& left = get(descends ? b : a, key);
      const Value& right = get(descends ? a : b, key);
      if (before(left, right)) return -1;
      if (before(right, left)) return 1;
    }
    return 0;
  };
  std::vector<std::pair<Map, std::size_t>> placed;  // equal rows keep their order
  for (std::size_t i = 0; i < rows.size(); ++i) placed.emplace_back(std::move(rows[i]), i);
  std::sort(placed.begin(), placed.end(), [&](const auto& a, const auto& b) {
    const int sign = order(a.first, b.first);
    return sign != 0 ? sign < 0 : a.second < b.second;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = std::move(placed[i].first);
}

Page page_of(std::vector<Map> rows, const Query& query, std::string_view id_field) {
  Page page;
  std::size_t first = 0;
  const std::string marker = query.get("marker");
  if (!marker.empty()) {
    while (first < rows.size() && !is(rows[first], id_field, marker)) ++first;
    page.unknown_marker = first == rows.size();
    ++first;
  }
  std::size_t limit = rows.size();
  const std::string asked = query.get("limit");
  std::from_chars(asked.data(), asked.data() + asked.size(), limit);
  for (std::size_t i = first; i < rows.size() && page.rows.size() < limit; ++i)
    page.rows.push_back(std::move(rows[i]));
  page.more = !asked.empty() && limit > 0 && page.rows.size() == limit;
  return page;
}

Map with_fields(const Map& object, const Query& query) {
  const auto fields = query.all("fields");
  if (fields.empty()) return object;
  Map shown;
  for (const std::string& field : fields)
    if (const Value* value = object.find(field)) shown.set(field, *value);
  return shown;
}

}  // namespace heat::twin
