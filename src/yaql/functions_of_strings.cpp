#include <set>

#include "yaql/failure.h"
#include "yaql/format.h"
#include "yaql/function.h"
#include "yaql/numbers.h"
#include "yaql/sequence.h"
#include "yaql/strings.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;
constexpr Form E = Form::Either;
constexpr Type S = Type::String;
constexpr unsigned kMaybe = Optional | Nullable;

std::optional<std::string> optional_text(const Call& call, std::size_t i) {
  if (!call.given(i)) return std::nullopt;
  return call.text(i);
}

Item text_list(const std::vector<std::string>& parts) {
  Items items(parts.begin(), parts.end());
  return list(std::move(items));
}

Item split_from(Call& call, Side side) {
  return text_list(split(call.text(0), optional_text(call, 1), call.integer(2, -1), side));
}

Item trimmed(Call& call, Side side) { return trim(call.text(0), optional_text(call, 1), side); }

/// As str(): null and booleans in yaql's words.
std::string shown_text(Call& call, const Item& item) {
  if (call.interpreter.has_definitions)
    return call.interpreter.apply("str", {&item, 1}, call.context).text();
  if (item.is_null()) return "null";
  if (item.is_bool()) return item.truthy() ? "true" : "false";
  return to_str(item);
}

std::string joined(Call& call, const Item& sequence, const std::string& separator) {
  std::string result;
  Cursor cursor(sequence);
  for (bool first = true; auto item = cursor.next(); first = false) {
    if (!first) result += separator;
    result += shown_text(call, *item);
    call.budget().memory(static_cast<std::int64_t>(result.size() / 4));
  }
  return result;
}

Item concat(Call& call) {
  std::string result;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) result += call.text(i);
  return result;
}

Item norm(Call& call) {
  if (call[0].is_null()) return {};
  std::string result = trim(call.text(0), optional_text(call, 1), Side::Both);
  return result.empty() ? Item() : Item(std::move(result));
}

Item is_empty(Call& call) {
  if (call[0].is_null()) return true;
  if (!call.flag(1, true)) return call.text(0).empty();
  return trim(call.text(0), optional_text(call, 2), Side::Both).empty();
}

/// What a replacement makes is bounded before it is made.
Item replaced(Call& call, std::string_view text, std::string_view old, std::string_view by,
              std::int64_t most) {
  const std::size_t places = old.empty() ? text.size() + 1 : text.size() / old.size();
  call.budget().work(static_cast<std::int64_t>(text.size() / 64));
  if (places * by.size() > 100'000'000)
    throw Failure(Reason::TooMuchMemory, "The text that replace() makes is too long.");
  return replace(text, old, by, most);
}

Item replace_text(Call& call) {
  return replaced(call, call.text(0), call.text(1), call.text(2), call.integer(3, -1));
}

Item replace_many(Call& call) {
  Item text = call[0];
  for (const auto& [key, value] : call[1].dict()->entries()) {
    text = replaced(call, text.text(), shown_text(call, key), shown_text(call, value),
                    call.integer(2, -1));
    call.budget().take(text);
  }
  return text;
}

Item repeated(Call& call, const std::string& text, std::size_t count_at) {
  const std::int64_t count = call.integer(count_at, 0);
  if (count <= 0) return "";
  const std::int64_t limit =
      call.budget().limits().memory > 0 ? call.budget().limits().memory : 10'000'000;
  if (count > limit) call.budget().memory(count);
  call.budget().memory(count * size_of_text(text) - (count - 1) * 49);
  if (count > 10'000'000 / static_cast<std::int64_t>(text.size() + 1))
    throw Failure(Reason::TooMuchMemory, "The text is too long.");
  std::string result;
  for (std::int64_t i = 0; i < count; ++i) result += text;
  return result;
}

Item index_of(Call& call, bool last) {
  const std::string& text = call.text(0);
  std::int64_t start = call.integer(2, 0);
  if (!call.has(3)) return find(text, call.text(1), start, std::nullopt, last);
  const auto size = static_cast<std::int64_t>(points(text).size());
  std::int64_t length = call.integer(3, 0);
  if (start < 0) start += size;
  if (length < 0) length = size - start;
  return find(text, call.text(1), start, start + std::min(length, size * 2 + 1), last);
}

Item characters(Call& call) {
  constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kMarks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  constexpr std::string_view kSpace = " \t\n\r\v\f";
  const std::string letters = std::string(kLower) + std::string(kUpper);
  const std::string printable = "0123456789" + letters + std::string(kMarks) + std::string(kSpace);
  // The order of the parameters; what the host language had and lost is an error there, too.
  const std::string_view groups[] = {"0123456789", "0123456789abcdefABCDEF",
                                     kLower,       kUpper,
                                     letters,      "",
                                     "01234567",   kMarks,
                                     printable,    "",
                                     "",           kSpace};
  std::set<char> all;
  for (std::size_t i = 0; i < std::size(groups); ++i) {
    if (!call.flag(i, false)) continue;
    if (groups[i].empty())
      throw Failure(Reason::WrongType,
                    "characters() has asciiLetters, asciiLowercase and "
                    "asciiUppercase; the words without ascii are gone.");
    all.insert(groups[i].begin(), groups[i].end());
  }
  Items items;
  for (const char c : all) items.emplace_back(std::string(1, c));
  return tuple(std::move(items));
}

Item char_array(Call& call) {
  Items items;
  Cursor cursor(call[0]);
  while (auto item = cursor.next()) items.push_back(std::move(*item));
  return tuple(std::move(items));
}

Item any_part(Call& call, bool (*holds)(std::string_view text, std::string_view part)) {
  for (std::size_t i = 1; i < call.arguments.size(); ++i)
    if (holds(call.text(0), call.text(i))) return true;
  return false;
}

Item hex(Call& call) {
  if (!call[0].is_integer())
    throw Failure(Reason::WrongType, "hex() takes an integer, not " + shown(call[0]) + ".");
  return hexadecimal(call[0].scalar());
}

Parameter flag(std::string_view name) { return {name, Type::Bool, kMaybe}; }

}  // namespace

const FunctionTable& string_functions() {
  static const FunctionTable table = {
      {"#operator_>",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return c.text(0) > c.text(1); }},
      {"#operator_<",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return c.text(0) < c.text(1); }},
      {"#operator_>=",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return c.text(0) >= c.text(1); }},
      {"#operator_<=",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return c.text(0) <= c.text(1); }},
      {"#operator_+", F, {{"args", S, Rest}}, concat},
      {"#operator_*",
       F,
       {{"left", S}, {"right", Type::Int}},
       [](Call& c) -> Item { return repeated(c, c.text(0), 1); }},
      {"#operator_*",
       F,
       {{"left", Type::Int}, {"right", S}},
       [](Call& c) -> Item { return repeated(c, c.text(1), 0); }},
      {"#operator_in",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return c.text(1).find(c.text(0)) != std::string::npos; }},
      {"concat", F, {{"args", S, Rest}}, concat},
      {"len",
       E,
       {{"string", S}},
       [](Call& c) -> Item { return static_cast<std::int64_t>(points(c.text(0)).size()); }},
      {"toUpper", M, {{"string", S}}, [](Call& c) -> Item { return to_upper(c.text(0)); }},
      {"toLower", M, {{"string", S}}, [](Call& c) -> Item { return to_lower(c.text(0)); }},
      {"split",
       M,
       {{"string", S}, {"separator", S, kMaybe}, {"maxSplits", Type::Int, Optional}},
       [](Call& c) { return split_from(c, Side::Left); }},
      {"rightSplit",
       M,
       {{"string", S}, {"separator", S, kMaybe}, {"maxSplits", Type::Int, Optional}},
       [](Call& c) { return split_from(c, Side::Right); }},
      {"join",
       M,
       {{"sequence", Type::Iterable}, {"separator", S}},
       [](Call& c) -> Item { return joined(c, c[0], c.text(1)); }},
      {"join",
       M,
       {{"separator", S}, {"sequence", Type::Iterable}},
       [](Call& c) -> Item { return joined(c, c[1], c.text(0)); }},
      {"str",
       F,
       {{"value"}},
       [](Call& c) -> Item {
         if (c[0].is_null()) return "null";
         return c[0].is_bool() ? Item(c[0].truthy() ? "true" : "false") : Item(to_str(c[0]));
       }},
      {"trim",
       M,
       {{"string", S}, {"chars", S, kMaybe}},
       [](Call& c) { return trimmed(c, Side::Both); }},
      {"trimLeft",
       M,
       {{"string", S}, {"chars", S, kMaybe}},
       [](Call& c) { return trimmed(c, Side::Left); }},
      {"trimRight",
       M,
       {{"string", S}, {"chars", S, kMaybe}},
       [](Call& c) { return trimmed(c, Side::Right); }},
      {"norm", E, {{"string", S, Nullable}, {"chars", S, kMaybe}}, norm},
      {"isEmpty",
       E,
       {{"string", S, Nullable}, {"trim", Type::Bool, Optional}, {"chars", S, kMaybe}},
       is_empty},
      {"replace",
       M,
       {{"string", S}, {"old", S}, {"new", S}, {"count", Type::Int, Optional}},
       replace_text},
      {"replace",
       M,
       {{"string", S}, {"replacements", Type::Map}, {"count", Type::Int, Optional}},
       replace_many},
      {"format",
       E,
       {{"_FormatString", S}, {"args", Type::Any, Rest}, {"kwargs", Type::Any, Named}},
       [](Call& c) -> Item { return format(c.text(0), c.rest(1), c.named); }},
      {"substring",
       M,
       {{"string", S}, {"start", Type::Int}, {"length", Type::Int, Optional}},
       [](Call& c) -> Item { return substring(c.text(0), c.integer(1, 0), c.integer(2, -1)); }},
      {"indexOf",
       M,
       {{"string", S}, {"sub", S}, {"start", Type::Int, Optional}},
       [](Call& c) { return index_of(c, false); }},
      {"indexOf",
       M,
       {{"string", S}, {"sub", S}, {"start", Type::Int}, {"length", Type::Int}},
       [](Call& c) { return index_of(c, false); }},
      {"lastIndexOf",
       M,
       {{"string", S}, {"sub", S}, {"start", Type::Int, Optional}},
       [](Call& c) { return index_of(c, true); }},
      {"lastIndexOf",
       M,
       {{"string", S}, {"sub", S}, {"start", Type::Int}, {"length", Type::Int}},
       [](Call& c) { return index_of(c, true); }},
      {"toCharArray", M, {{"string", S}}, char_array},
      {"characters",
       F,
       {flag("digits"), flag("hexdigits"), flag("asciiLowercase"), flag("asciiUppercase"),
        flag("asciiLetters"), flag("letters"), flag("octdigits"), flag("punctuation"),
        flag("printable"), flag("lowercase"), flag("uppercase"), flag("whitespace")},
       characters},
      {"isString", F, {{"arg"}}, [](Call& c) -> Item { return c[0].is_string(); }},
      {"startsWith",
       M,
       {{"string", S}, {"prefixes", S, Rest}},
       [](Call& c) {
         return any_part(c,
                         [](std::string_view a, std::string_view b) { return a.starts_with(b); });
       }},
      {"endsWith",
       M,
       {{"string", S}, {"suffixes", S, Rest}},
       [](Call& c) {
         return any_part(c, [](std::string_view a, std::string_view b) { return a.ends_with(b); });
       }},
      {"hex", F, {{"num", Type::Number, Nullable}}, hex},
  };
  return table;
}

}  // namespace heat::yaql
