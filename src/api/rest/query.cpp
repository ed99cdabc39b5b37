#include "api/rest/query.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"

namespace heat::api {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

bool read_boolean(std::string_view name, const Value& value) {
  if (value.is_bool()) return value.as_bool();
  const std::string text = lower(value.string_or(""));
  if (text == "true") return true;
  if (text == "false") return false;
  throw Error(ErrorKind::HTTPBadRequest,
              "'" + std::string(name) + "' is either true or false, not " +
                  (value.is_string() ? "\"" + value.as_string() + "\""
                                     : "a " + std::string(value.kind_name())) +
                  ".");
}

std::int64_t read_count(std::string_view name, const Value& value) {
  if (value.is_int() && value.as_int() >= 0) return value.as_int();
  const std::string text = value.string_or("");
  std::int64_t number = -1;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size() || number < 0)
    throw Error(ErrorKind::HTTPBadRequest,
                "'" + std::string(name) + "' takes a whole number from 0 on" +
                    (value.is_string() ? ", not \"" + text + "\"." : "."));
  return number;
}

std::vector<std::string> read_tags(std::string_view text) {
  static constexpr std::size_t kLongest = 80;
  std::vector<std::string> tags;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    tags.emplace_back(text.substr(begin, end - begin));
    if (tags.back().size() > kLongest)
      throw Error(ErrorKind::HTTPBadRequest,
                  "The tag \"" + tags.back() + "\" is longer than 80 characters.");
    begin = end + 1;
  }
  return tags;
}

const std::string* Query::find(std::string_view name) const {
  for (auto field = fields_.rbegin(); field != fields_.rend(); ++field)
    if (field->first == name) return &field->second;
  return nullptr;
}

std::vector<std::string> Query::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : fields_)
    if (key == name) values.push_back(value);
  return values;
}

std::vector<std::string> Query::names() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : fields_)
    if (std::find(names.begin(), names.end(), key) == names.end()) names.push_back(key);
  return names;
}

bool Query::boolean(std::string_view name, bool otherwise) const {
  const std::string* text = find(name);
  return text && !text->empty() ? read_boolean(name, *text) : otherwise;
}

std::optional<std::int64_t> Query::count(std::string_view name) const {
  const std::string* text = find(name);
  if (!text || text->empty()) return std::nullopt;
  return read_count(name, *text);
}

std::vector<std::string> Query::tags(std::string_view name) const {
  const std::string* text = find(name);
  return text && !text->empty() ? read_tags(*text) : std::vector<std::string>();
}

Value Query::filter(std::string_view name) const {
  const std::vector<std::string> values = all(name);
  if (values.empty()) return Value();
  if (values.size() == 1) return values.front().empty() ? Value() : Value(values.front());
  return List(values.begin(), values.end());
}

void Query::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
  fields_.emplace_back(std::string(name), std::move(value));
}

}  // namespace heat::api
