#include "cli/table.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "base/display_width.h"
#include "base/utf8.h"
#include "text/write.h"

namespace heat::cli {

namespace {

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  const std::size_t shown = display_width(text);
  if (shown < width) result.append(width - shown, ' ');
  return result;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// A value as a person reads it: the entries of a map, the items of a list and the lines of a text
/// below one another.
std::vector<std::string> lines_of(const Value& value) {
  std::vector<std::string> lines;
  if (value.is_map())
    for (const auto& [key, entry, kind] : value.as_map())
      lines.push_back(key + ": " + one_line(entry));
  else if (value.is_list())
    for (const Value& item : value.as_list()) lines.push_back(one_line(item));
  else if (value.is_string())
    for (const auto line : std::views::split(value.as_string(), '\n'))
      lines.emplace_back(line.begin(), line.end());
  else
    lines.push_back(one_line(value));
  if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace

std::string fitted(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t shown = 0, end = 0;
  for (std::size_t at = 0; at < text.size();) {
    shown += display_width(next_point(text, at));
    if (shown + 1 > width) break;
    end = at;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string one_line(const Value& value) {
  if (value.is_null()) return "";
  std::string text = value.is_string() ? value.as_string() : to_json(value);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string Table::str() const {
  std::vector<std::size_t> widths;
  for (const std::string& title : header_) widths.push_back(display_width(title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));

  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += (i ? "  " : "") + (i + 1 < cells.size() ? padded(cells[i], widths[i]) : cells[i]);
    return text + "\n";
  };
  std::vector<std::string> rule;
  for (const std::size_t width : widths) rule.push_back(repeated("─", width));
  // Nothing stands right of the last column; one long value need not draw its line.
  rule.back() = repeated("─", std::min<std::size_t>(widths.back(), 40));

  std::string text = line(header_) + line(rule);
  for (const auto& row : rows_) text += line(row);
  return text;
}

std::string show_list(const Value& list, const std::vector<Column>& columns, Format format) {
  if (format == Format::Json) return to_pretty_json(list) + "\n";
  std::vector<std::string> titles;
  for (const Column& column : columns) titles.push_back(column.title);
  Table table(titles);
  std::string plain;
  for (const Value& item : list.as_list()) {
    std::vector<std::string> row;
    for (const Column& column : columns) row.push_back(one_line(item[column.key]));
    for (std::size_t i = 0; i < row.size(); ++i) plain += (i ? "\t" : "") + row[i];
    plain += "\n";
    table.add(std::move(row));
  }
  return format == Format::Value ? plain : table.str();
}

std::string show_map(const Value& map, Format format) {
  if (format == Format::Json) return to_pretty_json(map) + "\n";
  Table table({"Field", "Value"});
  std::string plain;
  for (const auto& [key, value, kind] : map.as_map()) {
    plain += key + "\t" + one_line(value) + "\n";
    std::string title = key;
    for (std::string& line : lines_of(value))
      table.add({std::exchange(title, ""), std::move(line)});
  }
  return format == Format::Value ? plain : table.str();
}

}  // namespace heat::cli
