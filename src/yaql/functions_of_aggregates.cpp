#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form M = Form::Method;
constexpr Form E = Form::Either;
constexpr Type I = Type::Iterable;
constexpr Type L = Type::Lambda;
constexpr Type A = Type::Any;

[[noreturn]] void no_item(std::string_view function) {
  throw Failure(Reason::NoItem, std::string(function) + "() of an empty collection.");
}

bool holds(Call& call, std::size_t lambda, const Item& item) {
  return call.interpreter.call(call.lambda(lambda), item).truthy();
}

Item any(Call& call) {
  Cursor cursor(call[0]);
  while (const auto item = cursor.next())
    if (!call.lambda(1) || holds(call, 1, *item)) return true;
  return false;
}

Item all(Call& call) {
  Cursor cursor(call[0]);
  while (const auto item = cursor.next())
    if (!(call.lambda(1) ? holds(call, 1, *item) : item->truthy())) return false;
  return true;
}

Item count(Call& call) {
  std::int64_t count = 0;
  Cursor cursor(call[0]);
  while (cursor.next()) ++count;
  return count;
}

Item first(Call& call) {
  if (auto item = Cursor(call[0]).next()) return *item;
  if (!call.has(1)) no_item("first");
  return call[1];
}

Item last(Call& call) {
  std::optional<Item> last;
  Cursor cursor(call[0]);
  while (auto item = cursor.next()) last = std::move(item);
  if (last) return *last;
  if (!call.has(1)) no_item("last");
  return call[1];
}

Item single(Call& call) {
  Cursor cursor(call[0]);
  const auto item = cursor.next();
  if (!item) no_item("single");
  if (cursor.next())
    throw Failure(Reason::NoItem, "single() of a collection with more than one item.");
  return *item;
}

/// Item number of the first or last one that fits; -1 for none.
Item index(Call& call, bool last, bool by_predicate) {
  std::int64_t found = -1, i = 0;
  Cursor cursor(call[0]);
  for (; const auto item = cursor.next(); ++i) {
    if (!(by_predicate ? holds(call, 1, *item) : *item == call[1])) continue;
    found = i;
    if (!last) break;
  }
  return found;
}

template <class Step>
Item fold(Call& call, const Item& seed, Step step) {
  Cursor cursor(call[0]);
  std::optional<Item> total;
  if (!seed.is_absent()) total = seed;
  if (!total) total = cursor.next();
  if (!total)
    throw Failure(Reason::WrongType, "An empty collection has no sum; give an initial value.");
  while (const auto item = cursor.next()) total = step(*total, *item);
  return *total;
}

Item fold_by(Call& call, std::string_view function) {
  const Item seed = call.has(1) ? call[1] : Item(Absent{});
  return fold(call, seed, [&](const Item& total, const Item& item) {
    const Item both[] = {total, item};
    return call.interpreter.apply(function, both, call.context);
  });
}

Item aggregate(Call& call) {
  const Lambda selector = call.lambda(1);
  const Item seed = call.has(2) ? call[2] : Item(Absent{});
  return fold(call, seed, [&](const Item& total, const Item& item) {
    return call.interpreter.call(selector, total, item);
  });
}

Item accumulate(Call& call) {
  return generated(call.budget(), call.depth(),
                   [&in = call.interpreter, cursor = Cursor(call[0]), selector = call.lambda(1),
                    seed = call.has(2) ? call[2] : Item(Absent{}),
                    total = std::optional<Item>()]() mutable -> std::optional<Item> {
                     if (!total) {
                       total = seed.is_absent() ? cursor.next() : std::optional<Item>(seed);
                       if (!total)
                         throw Failure(Reason::WrongType,
                                       "accumulate() of an empty collection needs a seed.");
                       return total;
                     }
                     const auto item = cursor.next();
                     if (!item) return std::nullopt;
                     total = in.call(selector, *total, *item);
                     return total;
                   });
}

/// What groupBy() makes of a group. Old expressions have aggregators that take the pair of key and
/// values instead of the values; whether this is one shows when it fails.
class Aggregator {
 public:
  Aggregator(Interpreter& interpreter, Lambda function)
      : interpreter_(interpreter), function_(std::move(function)) {}

  Item operator()(const Item& key, const Item& values) {
    const Item group = tuple({key, values});
    if (!function_) return group;
    if (!failure_) {
      try {
        const Item result = interpreter_.call(function_, values);
        if (!ambiguous(values, result)) may_take_pairs_ = false;
        return tuple({key, result});
      } catch (const Failure& failure) {
        const bool expected = failure.reason() == Reason::NoMatchingMethod ||
                              failure.reason() == Reason::NoMatchingFunction ||
                              failure.reason() == Reason::NoIndex;
        if (!expected) throw;
        failure_ = failure;
      }
    }
    if (may_take_pairs_)
      if (auto result = of_pair(group)) return *result;
    throw *failure_;
  }

 private:
  static bool ambiguous(const Item& values, const Item& result) {
    const Items& items = values.list().items();
    return items.size() == 2 && result.is(Item::Kind::List) && result.list().size() == 2 &&
           result.list().items()[0] == items[0];
  }

  std::optional<Item> of_pair(const Item& group) {
    try {
      const Item result = interpreter_.call(function_, group);
      const bool pair =
          result.is_string() ? result.text().size() == 2 : known_size(result).value_or(0) == 2;
      if (pair) return result;
    } catch (const Failure& failure) {
      if (failure.reason() == Reason::TooMuchWork) throw;
    }
    return std::nullopt;
  }

  Interpreter& interpreter_;
  Lambda function_;
  std::optional<Failure> failure_;
  bool may_take_pairs_ = true;
};

Item group_by(Call& call) {
  Dict places;
  std::vector<Items> groups;
  const Lambda key = call.lambda(1), value = call.lambda(2);
  Cursor cursor(call[0]);
  while (const auto item = cursor.next()) {
    Item member = value ? call.interpreter.call(value, *item) : *item;
    const Item name = call.interpreter.call(key, *item);
    hash(name);
    const auto place = places.find(name);
    const std::size_t at =
        place ? static_cast<std::size_t>(place->scalar().as_int()) : groups.size();
    if (!place) {
      places.set(name, static_cast<std::int64_t>(at));
      groups.emplace_back();
    }
    groups[at].push_back(std::move(member));
    call.budget().memory(size_of_map(groups.size()));
  }
  return generated(call.budget(), call.depth(),
                   [places = std::move(places), groups = std::move(groups),
                    aggregator = Aggregator(call.interpreter, call.lambda(3)),
                    i = std::size_t{0}]() mutable -> std::optional<Item> {
                     if (i == groups.size()) return std::nullopt;
                     const Item values = list(std::move(groups[i]));
                     return aggregator(places.entries()[i++].first, values);
                   });
}

}  // namespace

const FunctionTable& search_functions() {
  static const FunctionTable table = {
      {"any", E, {{"collection", I}, {"predicate", L, Optional}}, any},
      {"all", E, {{"collection", I}, {"predicate", L, Optional}}, all},
      {"len", E, {{"collection", Type::Iterator}}, count},
      {"count", M, {{"collection", I}}, count},
      {"first", M, {{"collection", I}, {"default", A, Optional}}, first},
      {"last", M, {{"collection", I}, {"default", A, Optional}}, last},
      {"single", M, {{"collection", I}}, single},
      {"indexOf", M, {{"collection", I}, {"item"}}, [](Call& c) { return index(c, false, false); }},
      {"lastIndexOf",
       M,
       {{"collection", I}, {"item"}},
       [](Call& c) { return index(c, true, false); }},
      {"indexWhere",
       M,
       {{"collection", I}, {"predicate", L}},
       [](Call& c) { return index(c, false, true); }},
      {"lastIndexWhere",
       M,
       {{"collection", I}, {"predicate", L}},
       [](Call& c) { return index(c, true, true); }},
  };
  return table;
}

const FunctionTable& aggregate_functions() {
  static const FunctionTable table = {
      {"sum",
       M,
       {{"collection", I}, {"initial", A, Optional}},
       [](Call& c) { return fold_by(c, "#operator_+"); }},
      {"max",
       M,
       {{"collection", I}, {"initial", A, Optional}},
       [](Call& c) { return fold_by(c, "max"); }},
      {"min",
       M,
       {{"collection", I}, {"initial", A, Optional}},
       [](Call& c) { return fold_by(c, "min"); }},
      {"aggregate", M, {{"collection", I}, {"selector", L}, {"seed", A, Optional}}, aggregate},
      {"reduce", M, {{"collection", I}, {"selector", L}, {"seed", A, Optional}}, aggregate},
      {"accumulate", M, {{"collection", I}, {"selector", L}, {"seed", A, Optional}}, accumulate},
      {"groupBy",
       M,
       {{"collection", I},
        {"keySelector", L},
        {"valueSelector", L, Optional},
        {"aggregator", L, Optional}},
       group_by},
  };
  return table;
}

}  // namespace heat::yaql
