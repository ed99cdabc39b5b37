// Readers of YAML and JSON: whatever is read can be written and read again, and every part of it
// has its place in the text.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "text/document.h"
#include "text/write.h"

namespace heat::fuzz {
namespace {

void check_places(const Document& document, const Value& value, Path& path, int lines) {
  const auto position = document.position(path);
  expect(position && position->line >= 1 && position->line <= lines && position->column >= 1,
         "a part has no place in the text");
  if (path.size() > 3) return;
  const auto member = [&](std::string name, const Value& inner) {
    path.push_back(std::move(name));
    check_places(document, inner, path, lines);
    path.pop_back();
  };
  if (value.is_list())
    for (std::size_t i = 0; i < value.as_list().size(); ++i)
      member(std::to_string(i), value.as_list()[i]);
  if (value.is_map())
    for (const auto& entry : value.as_map()) member(entry.key, entry.value);
}

}  // namespace

void feed(std::string_view text) {
  const auto lines =
      static_cast<int>(1 + std::ranges::count(text, '\n') + std::ranges::count(text, '\r'));
  expect_no_more_than_error([&] {
    const Document document = Document::read(text, "t");
    Path path;
    if (!document.root().is_null()) check_places(document, document.root(), path, lines);
    const std::string json = to_json(document.root());
    expect(to_json(from_json(json)) == json, "JSON does not read back");
    const Value again = from_json(json);  // its keys are text
    expect(to_json(Document::read_yaml(to_yaml(again), "t").root()) == json,
           "YAML does not read back");
    (void)to_python_str(document.root());
  });
  expect_no_more_than_error([&] { Document::read_yaml(text, "t"); });
  expect_no_more_than_error([&] { from_json(text); });
}

}  // namespace heat::fuzz
