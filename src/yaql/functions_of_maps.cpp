#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;
constexpr Type D = Type::Map;

Item dict_of_rules(Call& call) {
  Dict result;
  for (const Call::Argument& argument : call.arguments)
    result.set(argument.item.rule().key, argument.item.rule().value);
  return dict(std::move(result));
}

Item dict_of_pairs(Call& call) {
  Dict result;
  Cursor cursor(call[0]);
  while (auto pair = cursor.next()) {
    Cursor parts(*pair);
    auto key = parts.next();
    auto value = parts.next();
    if (!key || !value)
      throw Failure(Reason::NoItem,
                    "dict() takes pairs of a key and a value, not " + shown(*pair) + ".");
    result.set(*key, std::move(*value));
    call.budget().memory(size_of_map(result.size()));
  }
  return dict(std::move(result));
}

Item to_dict(Call& call) {
  Dict result;
  result.frozen = false;
  const Lambda key = call.lambda(1), value = call.lambda(2);
  Cursor cursor(call[0]);
  while (auto item = cursor.next()) {
    const Item of = call.interpreter.call(key, *item);
    result.set(of, value ? call.interpreter.call(value, *item) : *item);
    call.budget().memory(size_of_map(result.size()));
  }
  return dict(std::move(result));
}

Item member(Call& call) {
  if (const auto found = call[0].dict()->find(call[1])) return *found;
  throw Failure(Reason::NoKey, "There is no key " + shown(call[1]) + " in " + shown(call[0]) +
                                   ". Use get() where it may be missing.");
}

Item member_or(Call& call) {
  if (const auto found = call[0].dict()->find(call[1])) return *found;
  return call.has(2) ? call[2] : Item();
}

Item with(Call& call, const Dict::Entries& entries, bool frozen) {
  Dict result = *call[0].dict();
  result.frozen = frozen;
  for (const auto& [key, value] : entries) result.set(key, value);
  return dict(std::move(result));
}

Item set_rules(Call& call) {
  Dict::Entries entries;
  for (std::size_t i = 1; i < call.arguments.size(); ++i)
    entries.emplace_back(call[i].rule().key, call[i].rule().value);
  return with(call, entries, true);
}

Item without(Call& call, const Items& keys) {
  ItemSet dropped;
  for (const Item& key : keys) dropped.add(key);
  Dict result;
  result.frozen = false;
  for (const auto& [key, value] : call[0].dict()->entries())
    if (!dropped.contains(key)) result.set(key, value);
  return dict(std::move(result));
}

Item contains_value(Call& call) {
  for (const auto& [key, value] : call[0].dict()->entries())
    if (value == call[1]) return true;
  return false;
}

template <View::Of Of>
Item view(Call& call) {
  return View{Of, call[0].dict()};
}

/// mergeWith(): how two maps become one.
class Merge {
 public:
  explicit Merge(Call& call) : call_(call), lists_(call.lambda(2)), items_(call.lambda(3)) {}

  Item run(const Dict& first, const Dict& second, std::int64_t levels) {
    const Budget::Level level(call_.budget());
    call_.budget().work(size(first) + size(second));
    Dict result;
    result.frozen = false;
    for (const auto& [key, value] : first.entries()) {
      const auto other = second.find(key);
      result.set(key, other ? merged(value, *other, levels) : value);
    }
    for (const auto& [key, value] : second.entries())
      if (!first.find(key)) result.set(key, value);
    return dict(std::move(result));
  }

 private:
  static std::int64_t size(const Dict& map) { return static_cast<std::int64_t>(map.size()); }

  Item merged(const Item& first, const Item& second, std::int64_t levels) {
    for (const Item::Kind kind : {Item::Kind::Dict, Item::Kind::List}) {
      if (levels == 1 || !second.is(kind)) continue;
      if (!first.is(kind))
        throw Failure(Reason::WrongType,
                      "mergeWith() can't merge " + shown(first) + " with " + shown(second) + ".");
      if (kind == Item::Kind::Dict)
        return run(*first.dict(), *second.dict(), levels == 0 ? 0 : levels - 1);
      return lists_ ? call_.interpreter.call(lists_, first, second) : united(first, second);
    }
    return items_ ? call_.interpreter.call(items_, first, second) : second;
  }

  Item united(const Item& first, const Item& second) {
    if (first.list().is_tuple() != second.list().is_tuple())
      throw Failure(Reason::WrongType, "mergeWith() can't merge these lists.");
    ItemSet set;
    for (const Item& item : first.list().items()) set.add(item);
    for (const Item& item : second.list().items()) set.add(item);
    call_.budget().items(set.items.size());
    call_.budget().memory(size_of_set(set.items.size()));
    return tuple(std::move(set.items));
  }

  Call& call_;
  Lambda lists_, items_;
};

Item merge_with(Call& call) {
  return Merge(call).run(*call[0].dict(), *call[1].dict(), call.integer(4, 0));
}

}  // namespace

const FunctionTable& map_functions() {
  static const FunctionTable table = {
      {"dict", F, {{"args", Type::Rule, Rest}}, dict_of_rules, true},
      {"#map", F, {{"args", Type::Rule, Rest}}, dict_of_rules, true},
      {"dict", F, {{"items", Type::Iterable}}, dict_of_pairs, true},
      {"toDict",
       M,
       {{"collection", Type::Iterable},
        {"keySelector", Type::Lambda},
        {"valueSelector", Type::Lambda, Optional}},
       to_dict},
      {"#indexer", F, {{"dict", D}, {"key"}}, member},
      {"#indexer", F, {{"dict", D}, {"key"}, {"default"}}, member_or},
      {"get", M, {{"dict", D}, {"key"}, {"default", Type::Any, Optional}}, member_or},
      {"set",
       M,
       {{"dict", D}, {"key"}, {"value"}},
       [](Call& c) { return with(c, {{c[1], c[2]}}, true); },
       true},
      {"set",
       M,
       {{"dict", D}, {"replacements", D}},
       [](Call& c) { return with(c, c[1].dict()->entries(), true); },
       true},
      {"set", M, {{"dict", D}, {"args", Type::Rule, Rest}}, set_rules, true},
      {"keys", M, {{"dict", D}}, view<View::Of::Keys>},
      {"values", M, {{"dict", D}}, view<View::Of::Values>},
      {"items", M, {{"dict", D}}, view<View::Of::Items>},
      {"containsKey",
       M,
       {{"dict", D}, {"key"}},
       [](Call& c) -> Item { return c[0].dict()->find(c[1]).has_value(); }},
      {"containsValue", M, {{"dict", D}, {"value"}}, contains_value},
      {"#operator_+",
       F,
       {{"left", D}, {"right", D}},
       [](Call& c) { return with(c, c[1].dict()->entries(), true); }},
      {"len",
       Form::Either,
       {{"dict", D}},
       [](Call& c) -> Item { return static_cast<std::int64_t>(c[0].dict()->size()); }},
      {"delete",
       M,
       {{"dict", D}, {"keys", Type::Any, Rest}},
       [](Call& c) { return without(c, c.rest(1)); }},
      {"deleteAll",
       M,
       {{"dict", D}, {"keys", Type::Iterable}},
       [](Call& c) { return without(c, all_of(c[1])); }},
      {"mergeWith",
       M,
       {{"dict", D},
        {"another", D},
        {"listMerger", Type::Lambda, Optional},
        {"itemMerger", Type::Lambda, Optional},
        {"maxLevels", Type::Int, Optional}},
       merge_with},
  };
  return table;
}

}  // namespace heat::yaql
