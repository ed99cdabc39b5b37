#include "text/document.h"

#include <charconv>

#include "text/json_reader.h"
#include "text/mark_tree.h"
#include "text/yaml_reader.h"

namespace heat {

struct Document::Origin {
  std::string text;
  MarkTree marks;
};

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
  document.root_ = heat::read_yaml(text, file, limits, origin->marks);
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
  return Position{file_, static_cast<int>(mark.line), static_cast<int>(mark.column)};
}

std::string_view Document::line(int number) const {
  return origin_ ? line_of(origin_->text, number) : std::string_view();
}

std::string_view line_of(std::string_view text, int number) {
  if (number < 1) return {};
  for (int i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace heat
