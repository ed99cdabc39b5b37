#include "cli/table.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/write.h"

namespace heat::cli {

namespace {

struct Range {
  char32_t first, last;
};

// Blocks of marks that sit on the character before them, and of characters two columns wide.
constexpr Range kCombining[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},
                                {0x610, 0x61A},   {0x64B, 0x65F},   {0x1AB0, 0x1AFF},
                                {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
                                {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                           {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                           {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                           {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <std::size_t N>
bool within(const Range (&ranges)[N], char32_t point) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

std::size_t columns_of(char32_t point) {
  if (within(kCombining, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

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

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += columns_of(next_point(text, at));
  return width;
}

std::string fitted(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t shown = 0, end = 0;
  for (std::size_t at = 0; at < text.size();) {
    shown += columns_of(next_point(text, at));
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
    table.add({key, one_line(value)});
  }
  return format == Format::Value ? plain : table.str();
}

}  // namespace heat::cli
