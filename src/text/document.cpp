#include "text/document.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "text/json_reader.h"
#include "text/mark_tree.h"
#include "text/yaml_reader.h"

namespace heat {

struct Document::Origin {
  std::string text;
  MarkTree marks;
};

namespace {

constexpr std::size_t kLongLine = 160;  // bytes; of a longer one only a part is shown
constexpr std::size_t kBefore = 60;     // of it before the place

std::string_view line_of(std::string_view text, int number) {
  for (int i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Shows the line of the position, or what stands about it in a long one.
void add_excerpt(Position& position, std::string_view text) {
  std::string_view line = line_of(text, position.line);
  std::size_t at = 0;
  for (int i = 1; i < position.column && at < line.size(); ++i) next_point(line, at);
  std::size_t begin = line.size() > kLongLine && at > kBefore ? at - kBefore : 0;
  while (begin < at && continues(line[begin])) ++begin;
  std::size_t end = std::min(line.size(), begin + kLongLine);
  while (end < line.size() && continues(line[end])) ++end;
  position.text = (begin > 0 ? "…" : "") + std::string(line.substr(begin, end - begin)) +
                  (end < line.size() ? "…" : "");
  position.caret = at - begin + (begin > 0 ? std::string_view("…").size() : 0);
  for (char& c : position.text)
    if (static_cast<unsigned char>(c) < ' ' && c != '\t') c = ' ';  // nothing a terminal obeys
}

/// Reads with `read`; an error gets its line.
template <class Read>
void with_excerpt(std::string_view text, Read read) {
  try {
    read();
  } catch (Error& error) {
    if (auto position = error.position()) {
      add_excerpt(*position, text);
      error.at(std::move(*position));
    }
    throw;
  }
}

}  // namespace

Document Document::read(std::string_view text, std::string file, ReadLimits limits) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '['))
    return read_yaml(text, std::move(file), limits);
  auto origin = std::make_shared<Origin>();
  Document document;
  try {
    document.root_ = read_json(text, file, limits, &origin->marks);
  } catch (const Error&) {
    return read_yaml(text, std::move(file), limits);  // braces are YAML, too
  }
  origin->text = text;
  document.file_ = std::move(file);
  document.origin_ = std::move(origin);
  return document;
}

Document Document::read_yaml(std::string_view text, std::string file, ReadLimits limits) {
  auto origin = std::make_shared<Origin>();
  Document document;
  with_excerpt(text, [&] { document.root_ = heat::read_yaml(text, file, limits, origin->marks); });
  origin->text = text;
  document.file_ = std::move(file);
  document.origin_ = std::move(origin);
  return document;
}

Document Document::of(Value value) {
  Document document;
  document.root_ = std::move(value);
  return document;
}

namespace {

/// The place of the member that `step` names, or nothing.
std::optional<std::size_t> place_of(const Value& container, const std::string& step) {
  if (container.is_list()) {
    std::size_t index = 0;
    const char* end = step.data() + step.size();
    const auto read = std::from_chars(step.data(), end, index);
    if (read.ec != std::errc{} || read.ptr != end || index >= container.as_list().size())
      return std::nullopt;
    return index;
  }
  if (!container.is_map()) return std::nullopt;
  const Map& map = container.as_map();
  if (const auto place = map.place(step)) return place;
  for (std::size_t i = 0; i < map.size(); ++i)
    if (map.at_index(i).key == step) return i;
  return std::nullopt;
}

}  // namespace

std::optional<Position> Document::position(const Path& path) const {
  if (!origin_) return std::nullopt;
  const MarkTree& marks = origin_->marks;
  Mark mark = marks.root();
  const Value* value = &root_;
  for (const std::string& step : path) {
    const std::optional<std::size_t> place = place_of(*value, step);
    if (!place || *place >= mark.members) break;
    mark = marks.member(mark, *place);
    value = value->is_list() ? &value->as_list()[*place] : &value->as_map().at_index(*place).value;
  }
  if (mark.line == 0) return std::nullopt;
  Position position{file_, static_cast<int>(mark.line), static_cast<int>(mark.column)};
  add_excerpt(position, origin_->text);
  return position;
}

bool Document::before(const Path& a, const Path& b) const {
  const Value* container = &root_;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const auto x = place_of(*container, a[i]), y = place_of(*container, b[i]);
    if (a[i] != b[i]) {
      if (!x && !y) return a[i] < b[i];
      return x && (!y || *x < *y);
    }
    if (!x) return std::lexicographical_compare(a.begin() + i, a.end(), b.begin() + i, b.end());
    container =
        container->is_list() ? &container->as_list()[*x] : &container->as_map().at_index(*x).value;
  }
  return a.size() < b.size();
}

Position position_in(std::string_view text, std::size_t byte, std::string name) {
  const std::string_view before = text.substr(0, byte);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  Position position{std::move(name), 1 + static_cast<int>(std::ranges::count(before, '\n')),
                    1 + static_cast<int>(count_points(before.substr(line_begin)))};
  add_excerpt(position, text);
  return position;
}

}  // namespace heat
