// yaql: an expression, and behind a line "----" its data as JSON.
#include "yaql/yaql.h"

#include "fuzz/fuzz.h"
#include "text/write.h"

namespace heat::fuzz {

namespace {

const Value& some_data() {
  static const Value data = from_json(
      R"({"a": 1, "b": [3, 1, 2], "c": {"x": "text", "y": null}, "t": "some text, 2026-01-02",)"
      R"( "l": [{"k": "a", "v": 1}, {"k": "b", "v": 2.5}, {"k": "a", "v": true}]})");
  return data;
}

}  // namespace

void feed(std::string_view input) {
  constexpr std::string_view kLine = "\n----\n";
  const std::size_t at = std::min(input.find(kLine), input.size());
  Value data = some_data();
  if (at < input.size())
    expect_no_more_than_error([&] { data = from_json(input.substr(at + kLine.size())); });
  try {
    (void)yaql::evaluate(std::string(input.substr(0, at)), data);
  } catch (const yaql::Failure&) {
  }
}

}  // namespace heat::fuzz
