#include <functional>

#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;
constexpr Form E = Form::Either;
constexpr Type I = Type::Iterable;
constexpr Type N = Type::Int;

template <class Produce>
Item lazy(Call& call, Produce produce) {
  return generated(call.budget(), call.depth(), std::move(produce));
}

std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

Item as_tuple(const Item& item) {
  if (item.is(Item::Kind::List) && item.list().is_tuple()) return item;
  return tuple(all_of(item));
}

/// Items, and those of the lazy ones among them.
void gather(const Item& item, Items& out, Budget& budget) {
  if (!item.is(Item::Kind::Sequence)) {
    out.push_back(item);
    return;
  }
  const Budget::Level level(budget);
  Cursor cursor(item);
  while (auto next = cursor.next()) gather(*next, out, budget);
}

Item list_of(Call& call) {
  Items items;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    gather(call[i], items, call.budget());
    call.budget().items(items.size());
  }
  return tuple(std::move(items));
}

Item set_of(Call& call) {
  auto set = std::make_shared<ItemSet>();
  Items items;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) gather(call[i], items, call.budget());
  call.budget().items(items.size());
  for (const Item& item : items) set->add(item);
  return std::shared_ptr<const ItemSet>(set);
}

Item flatten(Call& call) {
  std::vector<Cursor> open;
  open.emplace_back(call[0]);
  return lazy(call, [open = std::move(open)]() mutable -> std::optional<Item> {
    while (!open.empty()) {
      auto item = open.back().next();
      if (!item) {
        open.pop_back();
      } else if (is_iterable(*item)) {
        if (open.size() > 200)
          throw Failure(Reason::TooMuchWork, "flatten() finds lists nested too deep.");
        open.emplace_back(*item);
      } else {
        return item;
      }
    }
    return std::nullopt;
  });
}

Item at_index(Call& call) {
  const Items& items = call[0].list().items();
  std::int64_t index = call.integer(1, 0);
  if (index < 0) index += size(items.size());
  if (index < 0 || index >= size(items.size()))
    throw Failure(Reason::NoIndex, "There is no item " + std::to_string(call.integer(1, 0)) +
                                       " in a list of " + std::to_string(items.size()) + ".");
  return items[static_cast<std::size_t>(index)];
}

Item contains(const Item& collection, const Item& wanted) {
  if (collection.is(Item::Kind::Set)) return collection.set().contains(wanted);
  Cursor cursor(collection);
  while (auto item = cursor.next())
    if (*item == wanted) return true;
  return false;
}

Item set_item(std::shared_ptr<ItemSet> set) {
  return std::shared_ptr<const ItemSet>(std::move(set));
}

Item concatenated(Call& call) {
  const Item& left = call[0];
  const Item& right = call[1];
  if (left.is(Item::Kind::List) && right.is(Item::Kind::List) && left.list().is_tuple() &&
      right.list().is_tuple()) {
    Items items = left.list().items();
    items.insert(items.end(), right.list().items().begin(), right.list().items().end());
    return tuple(std::move(items));
  }
  if (left.is(Item::Kind::Set) && right.is(Item::Kind::Set)) {
    auto all = std::make_shared<ItemSet>(left.set());
    for (const Item& item : right.set().items) all->add(item);
    return set_item(std::move(all));
  }
  return lazy(call, [first = Cursor(left), second = Cursor(right)]() mutable {
    auto item = first.next();
    return item ? item : second.next();
  });
}

Item repeated(Call& call, const Item& list, std::int64_t count) {
  const auto length = size(list.list().size());
  if (count > 1'000'000) call.budget().memory(INT64_MAX);
  if (count > 0) call.budget().memory(count * (40 + 8 * length) - (count - 1) * 56);
  if (count > 10'000'000 / (length + 1))
    throw Failure(Reason::TooMuchMemory, "The list is too long.");
  Items items;
  for (std::int64_t i = 0; i < count; ++i)
    items.insert(items.end(), list.list().items().begin(), list.list().items().end());
  return std::make_shared<const ItemList>(std::move(items), list.list().is_tuple());
}

/// Whether place `i` is among the `count` from `position`; a negative count means to the end.
bool covered(std::int64_t i, std::int64_t position, std::int64_t count) {
  return i >= position && (count < 0 || i - position < count);
}

Item remove(Call& call) {
  return lazy(call, [cursor = Cursor(call[0]), position = call.integer(1, 0),
                     count = call.integer(2, 1), i = std::int64_t{0}]() mutable {
    std::optional<Item> item;
    do item = cursor.next();
    while (item && covered(i++, position, count));
    return item;
  });
}

/// The items with those at some places replaced, once for all, by `values`.
Item replaced(Call& call, const Item& values) {
  return lazy(call,
              [cursor = Cursor(call[0]), position = call.integer(1, 0), count = call.integer(3, 1),
               values, inside = std::optional<Cursor>(), done = false,
               i = std::int64_t{0}]() mutable -> std::optional<Item> {
                while (true) {
                  if (inside) {
                    if (auto item = inside->next()) return item;
                    inside.reset();
                  }
                  auto item = cursor.next();
                  if (!item || !covered(i++, position, count)) return item;
                  if (!done) inside.emplace(values);
                  done = true;
                }
              });
}

Item inserted_lazily(Call& call, const Item& values, bool before_all) {
  return lazy(call,
              [cursor = Cursor(call[0]), position = call.integer(1, 0), values, before_all,
               inside = std::optional<Cursor>(), held = std::optional<Item>(), i = std::int64_t{-1},
               ended = false]() mutable -> std::optional<Item> {
                while (true) {
                  if (before_all && position < 0) {
                    before_all = false;
                    inside.emplace(values);
                  }
                  if (inside) {
                    if (auto item = inside->next()) return item;
                    inside.reset();
                  }
                  if (held) return std::exchange(held, std::nullopt);
                  if (ended) return std::nullopt;
                  held = cursor.next();
                  if (!held) {
                    ended = true;
                    if (position > i) inside.emplace(values);
                  } else if (++i == position) {
                    inside.emplace(values);
                  }
                }
              });
}

Item insert(Call& call) {
  Items items = call[0].list().items();
  std::int64_t position = call.integer(1, 0);
  if (position < 0) position = std::max<std::int64_t>(0, position + size(items.size()));
  items.insert(items.begin() + std::min(position, size(items.size())), call[2]);
  return list(std::move(items));
}

}  // namespace

const FunctionTable& collection_functions() {
  static const FunctionTable table = {
      {"list", F, {{"args", Type::Any, Rest}}, list_of},
      {"#list", F, {{"args", Type::Any, Rest}}, [](Call& c) -> Item { return tuple(c.rest(0)); }},
      {"toList", M, {{"collection", I}}, [](Call& c) { return as_tuple(c[0]); }},
      {"flatten", M, {{"collection", I}}, flatten},
      {"#indexer", F, {{"list", Type::Sequence}, {"index", N}}, at_index},
      {"#operator_in",
       F,
       {{"value"}, {"collection", I}},
       [](Call& c) { return contains(c[1], c[0]); }},
      {"contains", M, {{"collection", I}, {"value"}}, [](Call& c) { return contains(c[0], c[1]); }},
      {"#operator_+", F, {{"left", I}, {"right", I}}, concatenated},
      {"#operator_*",
       F,
       {{"left", Type::Sequence}, {"right", N}},
       [](Call& c) { return repeated(c, c[0], c.integer(1, 0)); }},
      {"#operator_*",
       F,
       {{"left", N}, {"right", Type::Sequence}},
       [](Call& c) { return repeated(c, c[1], c.integer(0, 0)); }},
      {"isList", F, {{"arg"}}, [](Call& c) -> Item { return c[0].is(Item::Kind::List); }},
      {"isDict", F, {{"arg"}}, [](Call& c) -> Item { return c[0].is(Item::Kind::Dict); }},
      {"isIterable", F, {{"value"}}, [](Call& c) -> Item { return is_iterable(c[0]); }},
      {"len",
       E,
       {{"sequence", Type::Sequence}},
       [](Call& c) -> Item { return size(c[0].list().size()); }},
      {"delete", M, {{"collection", I}, {"position", N}, {"count", N, Optional}}, remove},
      {"replace",
       M,
       {{"collection", I}, {"position", N}, {"value"}, {"count", N, Optional}},
       [](Call& c) { return replaced(c, tuple({c[2]})); }},
      {"replaceMany",
       M,
       {{"collection", I}, {"position", N}, {"values", I}, {"count", N, Optional}},
       [](Call& c) { return replaced(c, c[2]); }},
      {"insert",
       M,
       {{"collection", Type::NoSet}, {"position", N}, {"value"}},
       [](Call& c) { return inserted_lazily(c, tuple({c[2]}), false); }},
      {"insert", M, {{"collection", Type::Sequence}, {"position", N}, {"value"}}, insert},
      {"insertMany",
       M,
       {{"collection", I}, {"position", N}, {"values", I}},
       [](Call& c) { return inserted_lazily(c, c[2], true); }},
  };
  return table;
}

namespace {

constexpr Type S = Type::Set;

Items elements(const Item& set) { return set.is(Item::Kind::Set) ? set.set().items : all_of(set); }

Item only(const Items& items, const std::function<bool(const Item&)>& keep) {
  auto set = std::make_shared<ItemSet>();
  for (const Item& item : items)
    if (keep(item)) set->add(item);
  return set_item(std::move(set));
}

ItemSet index(const Items& items) {
  ItemSet set;
  for (const Item& item : items) set.add(item);
  return set;
}

Item united(const Items& left, const Items& right) {
  auto set = std::make_shared<ItemSet>(index(left));
  for (const Item& item : right) set->add(item);
  return set_item(std::move(set));
}

Item without(const Items& left, const Items& right) {
  const ItemSet dropped = index(right);
  return only(left, [&](const Item& item) { return !dropped.contains(item); });
}

Item shared_items(const Items& left, const Items& right) {
  const ItemSet kept = index(right);
  return only(left, [&](const Item& item) { return kept.contains(item); });
}

bool within(const Item& a, const Item& b, bool strictly) {
  const Items left = elements(a);
  const ItemSet right = index(elements(b));
  if (strictly && left.size() == right.items.size()) return false;
  for (const Item& item : left)
    if (!right.contains(item)) return false;
  return true;
}

}  // namespace

const FunctionTable& set_functions() {
  static const FunctionTable table = {
      {"set", F, {{"args", Type::Any, Rest}}, set_of},
      {"isSet",
       F,
       {{"arg"}},
       [](Call& c) -> Item {
         return c[0].is(Item::Kind::Set) ||
                (c[0].is(Item::Kind::View) && c[0].view().of != View::Of::Values);
       }},
      {"toSet", M, {{"collection", I}}, [](Call& c) { return united({}, all_of(c[0])); }},
      {"len", E, {{"set", S}}, [](Call& c) -> Item { return size(*known_size(c[0])); }},
      {"#operator_<",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return within(c[0], c[1], true); }},
      {"#operator_<=",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return within(c[0], c[1], false); }},
      {"#operator_>",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return within(c[1], c[0], true); }},
      {"#operator_>=",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) -> Item { return within(c[1], c[0], false); }},
      {"#operator_-",
       F,
       {{"left", S}, {"right", S}},
       [](Call& c) { return without(elements(c[0]), elements(c[1])); }},
      {"add",
       M,
       {{"set", S}, {"values", Type::Any, Rest}},
       [](Call& c) { return united(elements(c[0]), c.rest(1)); }},
      {"remove",
       M,
       {{"set", S}, {"values", Type::Any, Rest}},
       [](Call& c) { return without(elements(c[0]), c.rest(1)); }},
      {"union",
       M,
       {{"left", S}, {"right", S}},
       [](Call& c) { return united(elements(c[0]), elements(c[1])); }},
      {"intersect",
       M,
       {{"left", S}, {"right", S}},
       [](Call& c) { return shared_items(elements(c[0]), elements(c[1])); }},
      {"difference",
       M,
       {{"left", S}, {"right", S}},
       [](Call& c) { return without(elements(c[0]), elements(c[1])); }},
      {"symmetricDifference",
       M,
       {{"left", S}, {"right", S}},
       [](Call& c) {
         const Item left = without(elements(c[0]), elements(c[1]));
         const Item right = without(elements(c[1]), elements(c[0]));
         return united(left.set().items, right.set().items);
       }},
  };
  return table;
}

}  // namespace heat::yaql
