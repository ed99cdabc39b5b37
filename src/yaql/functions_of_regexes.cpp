#include "base/utf8.h"
#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/regex.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;
constexpr Type S = Type::String;
constexpr Type R = Type::Regex;
constexpr unsigned kMaybe = Optional | Nullable;

using Match = Regex::Match;

Item record(const Match& match, const std::string& text, std::size_t i) {
  const auto place = [&](std::size_t byte) {
    return static_cast<std::int64_t>(count_points(std::string_view(text).substr(0, byte)));
  };
  Dict entries;
  entries.frozen = false;
  const auto value = match.group(text, i);
  entries.set("value", value ? Item(*value) : Item());
  entries.set("start", value ? place(match.groups[i]->first) : std::int64_t{-1});
  entries.set("end", value ? place(match.groups[i]->second) : std::int64_t{-1});
  return dict(std::move(entries));
}

/// $1 is the whole match, $2 the first group. Named groups fail in the original.
void publish(const Regex& regex, const Match& match, const std::string& text, Context& context) {
  if (!regex.names().empty())
    throw Failure(Reason::WrongValue, "Patterns with named groups can't have a selector.");
  for (std::size_t i = 0; i < match.groups.size(); ++i)
    context.set(std::to_string(i + 1), record(match, text, i));
}

Item whole(const Match& match, const std::string& text) { return *match.group(text, 0); }

Item make_regex(Call& call) {
  return std::make_shared<const Regex>(
      call.text(0), Regex::Options{call.flag(1, false), call.flag(2, false), call.flag(3, false)});
}

Item search(Call& call) {
  const std::string& text = call.text(1);
  const auto match = call[0].regex().search(text);
  if (!match) return {};
  const Lambda selector = call.lambda(2);
  if (!selector) return whole(*match, text);
  auto inner = std::make_shared<Context>(call.context);
  publish(call[0].regex(), *match, text, *inner);
  return call.interpreter.call_in(selector, inner);
}

Item search_all(Call& call) {
  return generated(call.budget(), call.depth(),
                   [&in = call.interpreter, context = call.context, regex = call[0], text = call[1],
                    selector = call.lambda(2), at = std::size_t{0},
                    was_empty = false]() mutable -> std::optional<Item> {
                     const auto match = regex.regex().next(text.text(), at, was_empty);
                     if (!match) return std::nullopt;
                     if (!selector) return whole(*match, text.text());
                     auto inner = std::make_shared<Context>(context);
                     publish(regex.regex(), *match, text.text(), *inner);
                     return in.call_in(selector, inner);
                   });
}

std::size_t most(const Call& call, std::size_t i) {
  return static_cast<std::size_t>(std::max<std::int64_t>(0, call.integer(i, 0)));
}

Item split(Call& call, const Regex& regex, const std::string& text) {
  Items parts;
  std::size_t begin = 0;
  if (call.integer(2, 0) >= 0)
    regex.each(text, most(call, 2), [&](const Match& match) {
      call.budget().work(1);
      parts.emplace_back(text.substr(begin, match.begin() - begin));
      for (std::size_t i = 1; i < match.groups.size(); ++i) {
        const auto group = match.group(text, i);
        parts.push_back(group ? Item(*group) : Item());
      }
      begin = match.end();
    });
  parts.emplace_back(text.substr(begin));
  return list(std::move(parts));
}

/// The text with each match replaced by what `by` gives.
std::string substitute(Call& call, const Regex& regex, const std::string& text,
                       const std::function<std::string(const Match&)>& by) {
  std::string result;
  std::size_t begin = 0;
  if (call.integer(3, 0) >= 0)
    regex.each(text, most(call, 3), [&](const Match& match) {
      call.budget().work(1);
      result.append(text, begin, match.begin() - begin).append(by(match));
      call.budget().memory(static_cast<std::int64_t>(result.size() / 4));
      begin = match.end();
    });
  return result.append(text, begin);
}

Item replace(Call& call, const Regex& regex, const std::string& text) {
  return substitute(call, regex, text,
                    [&](const Match& match) { return regex.expand(call.text(2), text, match); });
}

Item replace_by(Call& call, const Regex& regex, const std::string& text) {
  const Lambda by = call.lambda(2);
  return substitute(call, regex, text, [&](const Match& match) {
    auto inner = std::make_shared<Context>(call.context);
    publish(regex, match, text, *inner);
    const Item item = call.interpreter.call_in(by, inner);
    if (!item.is_string())
      throw Failure(Reason::WrongType,
                    "replaceBy() puts strings into a text, not " + shown(item) + ".");
    return item.text();
  });
}

bool found(const Regex& regex, const std::string& text) { return regex.search(text).has_value(); }

}  // namespace

const FunctionTable& regex_functions() {
  static const FunctionTable table = {
      {"regex",
       F,
       {{"pattern", S},
        {"ignoreCase", Type::Bool, kMaybe},
        {"multiLine", Type::Bool, kMaybe},
        {"dotAll", Type::Bool, kMaybe}},
       make_regex},
      {"matches",
       M,
       {{"regexp", R}, {"string", S}},
       [](Call& c) -> Item { return found(c[0].regex(), c.text(1)); }},
      {"matches",
       M,
       {{"string", S}, {"regexp", S}},
       [](Call& c) -> Item { return found(Regex(c.text(1)), c.text(0)); }},
      {"#operator_=~",
       F,
       {{"string", S}, {"regexp", R}},
       [](Call& c) -> Item { return found(c[1].regex(), c.text(0)); }},
      {"#operator_=~",
       F,
       {{"string", S}, {"pattern", S}},
       [](Call& c) -> Item { return found(Regex(c.text(1)), c.text(0)); }},
      {"#operator_!~",
       F,
       {{"string", S}, {"regexp", R}},
       [](Call& c) -> Item { return !found(c[1].regex(), c.text(0)); }},
      {"#operator_!~",
       F,
       {{"string", S}, {"pattern", S}},
       [](Call& c) -> Item { return !found(Regex(c.text(1)), c.text(0)); }},
      {"search", M, {{"regexp", R}, {"string", S}, {"selector", Type::Lambda, Optional}}, search},
      {"searchAll",
       M,
       {{"regexp", R}, {"string", S}, {"selector", Type::Lambda, Optional}},
       search_all},
      {"split",
       M,
       {{"regexp", R}, {"string", S}, {"maxSplit", Type::Int, Optional}},
       [](Call& c) { return split(c, c[0].regex(), c.text(1)); }},
      {"split",
       M,
       {{"string", S}, {"regexp", R}, {"maxSplit", Type::Int, Optional}},
       [](Call& c) { return split(c, c[1].regex(), c.text(0)); }},
      {"replace",
       M,
       {{"regexp", R}, {"string", S}, {"repl", S}, {"count", Type::Int, Optional}},
       [](Call& c) { return replace(c, c[0].regex(), c.text(1)); }},
      {"replace",
       M,
       {{"string", S}, {"regexp", R}, {"repl", S}, {"count", Type::Int, Optional}},
       [](Call& c) { return replace(c, c[1].regex(), c.text(0)); }},
      {"replaceBy",
       M,
       {{"regexp", R}, {"string", S}, {"repl", Type::Lambda}, {"count", Type::Int, Optional}},
       [](Call& c) { return replace_by(c, c[0].regex(), c.text(1)); }},
      {"replaceBy",
       M,
       {{"string", S}, {"regexp", R}, {"repl", Type::Lambda}, {"count", Type::Int, Optional}},
       [](Call& c) { return replace_by(c, c[1].regex(), c.text(0)); }},
      {"escapeRegex", F, {{"string", S}}, [](Call& c) -> Item { return escape_regex(c.text(0)); }},
      {"isRegex", F, {{"value"}}, [](Call& c) -> Item { return c[0].is(Item::Kind::Regex); }},
  };
  return table;
}

}  // namespace heat::yaql
