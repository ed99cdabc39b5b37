#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form M = Form::Method;
constexpr Form E = Form::Either;
constexpr Type I = Type::Iterable;
constexpr Type L = Type::Lambda;
constexpr Type N = Type::Int;

template <class Produce>
Item lazy(Call& call, Produce produce) {
  return generated(call.budget(), call.depth(), std::move(produce));
}

std::int64_t count_of(const Call& call, std::size_t i) {
  const std::int64_t count = call.integer(i, 0);
  if (count < 0) throw Failure(Reason::WrongValue, "A number of items can't be negative.");
  return count;
}

Item where(Call& call) {
  return lazy(call, [&in = call.interpreter, cursor = Cursor(call[0]),
                     predicate = call.lambda(1)]() mutable {
    std::optional<Item> item;
    do item = cursor.next();
    while (item && !in.call(predicate, *item).truthy());
    return item;
  });
}

Item select(Call& call) {
  return lazy(call, [&in = call.interpreter, cursor = Cursor(call[0]),
                     selector = call.lambda(1)]() mutable {
    std::optional<Item> item = cursor.next();
    if (item) item = in.call(selector, *item);
    return item;
  });
}

Item select_many(Call& call) {
  return lazy(call,
              [&in = call.interpreter, cursor = Cursor(call[0]), selector = call.lambda(1),
               inner = std::optional<Cursor>()]() mutable -> std::optional<Item> {
                while (true) {
                  if (inner) {
                    if (auto item = inner->next()) return item;
                    inner.reset();
                  }
                  const auto item = cursor.next();
                  if (!item) return std::nullopt;
                  Item made = in.call(selector, *item);
                  if (!is_iterable(made)) return made;
                  inner.emplace(made);
                }
              });
}

Item skip(Call& call) {
  return lazy(call, [cursor = Cursor(call[0]), left = count_of(call, 1)]() mutable {
    for (; left > 0; --left)
      if (!cursor.next()) return std::optional<Item>();
    return cursor.next();
  });
}

Item limit(Call& call) {
  return lazy(
      call, [cursor = Cursor(call[0]), left = count_of(call, 1)]() mutable -> std::optional<Item> {
        if (left <= 0) return std::nullopt;
        --left;
        return cursor.next();
      });
}

Item append(Call& call) {
  return lazy(call, [cursor = Cursor(call[0]), rest = Cursor(tuple(call.rest(1)))]() mutable {
    auto item = cursor.next();
    return item ? item : rest.next();
  });
}

Item distinct(Call& call) {
  return lazy(call,
              [&in = call.interpreter, cursor = Cursor(call[0]), key = call.lambda(1),
               seen = ItemSet()]() mutable -> std::optional<Item> {
                while (auto item = cursor.next()) {
                  if (!seen.add(key ? in.call(key, *item) : *item)) continue;
                  in.budget.memory(size_of_set(seen.items.size()));
                  return item;
                }
                return std::nullopt;
              });
}

Item enumerate(Call& call) {
  return lazy(call, [cursor = Cursor(call[0]), i = call.integer(1, 0)]() mutable {
    std::optional<Item> item = cursor.next();
    if (item) item = list({Item(i++), *item});
    return item;
  });
}

Item concat(Call& call) {
  return lazy(call,
              [all = call.rest(0), open = std::optional<Cursor>(),
               i = std::size_t{0}]() mutable -> std::optional<Item> {
                while (true) {
                  if (open)
                    if (auto item = open->next()) return item;
                  if (i == all.size()) return std::nullopt;
                  open.emplace(all[i++]);
                }
              });
}

std::vector<Cursor> cursors(const Call& call) {
  std::vector<Cursor> result;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) result.emplace_back(call[i]);
  return result;
}

Item zip(Call& call) {
  return lazy(call, [all = cursors(call)]() mutable -> std::optional<Item> {
    Items row;
    for (Cursor& cursor : all) {
      auto item = cursor.next();
      if (!item) return std::nullopt;
      row.push_back(std::move(*item));
    }
    if (row.empty()) return std::nullopt;
    return tuple(std::move(row));
  });
}

Item zip_longest(Call& call) {
  Item filler;
  for (const auto& [name, item] : call.named) {
    if (name != "default")
      throw Failure(Reason::WrongType, "zipLongest() has no argument '" + name + "'.");
    filler = item;
  }
  return lazy(call, [all = cursors(call), filler]() mutable -> std::optional<Item> {
    Items row;
    bool any = false;
    for (Cursor& cursor : all) {
      auto item = cursor.next();
      any = any || item;
      row.push_back(item.value_or(filler));
    }
    if (!any) return std::nullopt;
    return tuple(std::move(row));
  });
}

Item join(Call& call) {
  return lazy(
      call,
      [&in = call.interpreter, left = Cursor(call[0]), others = memorized(call[1], call.budget()),
       predicate = call.lambda(2), selector = call.lambda(3), mine = std::optional<Item>(),
       right = std::optional<Cursor>()]() mutable -> std::optional<Item> {
        while (true) {
          if (!mine) {
            mine = left.next();
            if (!mine) return std::nullopt;
            right.emplace(others);
          }
          while (auto other = right->next())
            if (in.call(predicate, *mine, *other).truthy()) return in.call(selector, *mine, *other);
          mine.reset();
        }
      });
}

Item take_while(Call& call) {
  return lazy(call,
              [&in = call.interpreter, cursor = Cursor(call[0]), predicate = call.lambda(1),
               done = false]() mutable -> std::optional<Item> {
                if (done) return std::nullopt;
                auto item = cursor.next();
                if (item && in.call(predicate, *item).truthy()) return item;
                done = true;
                return std::nullopt;
              });
}

Item skip_while(Call& call) {
  return lazy(call, [&in = call.interpreter, cursor = Cursor(call[0]), predicate = call.lambda(1),
                     skipping = true]() mutable {
    auto item = cursor.next();
    while (skipping && item && in.call(predicate, *item).truthy()) item = cursor.next();
    skipping = false;
    return item;
  });
}

Item slice(Call& call) {
  return lazy(
      call,
      [cursor = Cursor(call[0]), length = call.integer(1, 0)]() mutable -> std::optional<Item> {
        if (length < 0) throw Failure(Reason::WrongValue, "A slice can't have a negative length.");
        Items part;
        while (static_cast<std::int64_t>(part.size()) < length) {
          auto item = cursor.next();
          if (!item) break;
          part.push_back(std::move(*item));
        }
        if (part.empty()) return std::nullopt;
        return tuple(std::move(part));
      });
}

/// Cuts before every item of which the predicate says another thing than of the one before.
Item slice_where(Call& call) {
  Items parts, part;
  std::optional<Item> last;
  for (Item& item : all_of(call[0])) {
    const Item verdict = call.interpreter.call(call.lambda(1), item);
    if (last && !(verdict == *last)) parts.push_back(tuple(std::exchange(part, {})));
    last = verdict;
    part.push_back(std::move(item));
  }
  if (!part.empty()) parts.push_back(tuple(std::move(part)));
  return lazy(call, [cursor = Cursor(list(std::move(parts)))]() mutable { return cursor.next(); });
}

Item split_where(Call& call) {
  Items parts, part;
  bool open = false;
  for (Item& item : all_of(call[0])) {
    open = !call.interpreter.call(call.lambda(1), item).truthy();
    if (open)
      part.push_back(std::move(item));
    else
      parts.push_back(tuple(std::exchange(part, {})));
  }
  if (open) parts.push_back(tuple(std::move(part)));
  return lazy(call, [cursor = Cursor(list(std::move(parts)))]() mutable { return cursor.next(); });
}

Item split_at(Call& call) {
  const Items items = all_of(call[0]);
  const auto size = static_cast<std::int64_t>(items.size());
  std::int64_t at = call.integer(1, 0);
  if (at < 0) at = std::max<std::int64_t>(0, at + size);
  const auto middle = items.begin() + std::min(at, size);
  return list({tuple(Items(items.begin(), middle)), tuple(Items(middle, items.end()))});
}

Item reverse(Call& call) {
  Items items = all_of(call[0]);
  return lazy(call, [items = std::move(items)]() mutable -> std::optional<Item> {
    if (items.empty()) return std::nullopt;
    Item last = std::move(items.back());
    items.pop_back();
    return last;
  });
}

Item order_by(Call& call, bool ascending) {
  return std::make_shared<const Ordering>(Ordering{
      call[0], {{call.lambda(1), ascending}}, &call.interpreter, call.depth() + 1, Absent{}});
}

Item then_by(Call& call, bool ascending) {
  Ordering ordering = *call[0].ordering();
  ordering.result = Absent{};
  ordering.fields.push_back({call.lambda(1), ascending});
  ordering.depth = std::max(ordering.depth, call.context->depth() + 1);
  ordering.collection = memorized(ordering.collection, call.budget());
  return std::make_shared<const Ordering>(std::move(ordering));
}

Item default_if_empty(Call& call) {
  if (const auto size = known_size(call[0])) return *size == 0 ? call[1] : call[0];
  const Item items = memorized(call[0], call.budget());
  return Cursor(items).next() ? items : call[1];
}

}  // namespace

const FunctionTable& query_functions() {
  static const FunctionTable table = {
      {"where", M, {{"collection", I}, {"predicate", L}}, where},
      {"filter", M, {{"collection", I}, {"predicate", L}}, where},
      {"select", M, {{"collection", I}, {"selector", L}}, select},
      {"map", M, {{"collection", I}, {"selector", L}}, select},
      {"selectMany", M, {{"collection", I}, {"selector", L}}, select_many},
      {"skip", M, {{"collection", I}, {"count", N}}, skip},
      {"limit", M, {{"collection", I}, {"count", N}}, limit},
      {"take", M, {{"collection", I}, {"count", N}}, limit},
      {"append", E, {{"collection", I}, {"args", Type::Any, Rest}}, append},
      {"distinct", E, {{"collection", I}, {"keySelector", L, Optional}}, distinct},
      {"enumerate", E, {{"collection", I}, {"start", N, Optional | Nullable}}, enumerate},
      {"concat", E, {{"collections", I, Rest}}, concat},
      {"memorize", M, {{"collection", I}}, [](Call& c) { return memorized(c[0], c.budget()); }},
      {"orderBy",
       M,
       {{"collection", I}, {"selector", L}},
       [](Call& c) { return order_by(c, true); }},
      {"orderByDescending",
       M,
       {{"collection", I}, {"selector", L}},
       [](Call& c) { return order_by(c, false); }},
      {"thenBy",
       M,
       {{"collection", Type::Ordering}, {"selector", L}},
       [](Call& c) { return then_by(c, true); }},
      {"thenByDescending",
       M,
       {{"collection", Type::Ordering}, {"selector", L}},
       [](Call& c) { return then_by(c, false); }},
      {"zip", M, {{"collections", I, Rest}}, zip},
      {"zipLongest", M, {{"collections", I, Rest}, {"kwargs", Type::Any, Named}}, zip_longest},
      {"join",
       M,
       {{"collection1", I}, {"collection2", I}, {"predicate", L}, {"selector", L}},
       join},
      {"takeWhile", M, {{"collection", I}, {"predicate", L}}, take_while},
      {"skipWhile", M, {{"collection", I}, {"predicate", L}}, skip_while},
      {"slice", M, {{"collection", I}, {"length", N}}, slice},
      {"sliceWhere", M, {{"collection", I}, {"predicate", L}}, slice_where},
      {"splitWhere", M, {{"collection", I}, {"predicate", L}}, split_where},
      {"splitAt", M, {{"collection", I}, {"index", N}}, split_at},
      {"reverse", M, {{"collection", I}}, reverse},
      {"defaultIfEmpty", M, {{"collection", I}, {"default", I}}, default_if_empty},
  };
  return table;
}

}  // namespace heat::yaql
