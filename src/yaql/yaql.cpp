#include "yaql/yaql.h"

#include <unordered_map>

#include "yaql/context.h"
#include "yaql/sequence.h"
#include "yaql/syntax.h"

namespace heat::yaql {

namespace {

constexpr std::int64_t kMostItems = 1'000'000;

/// Makes everything lazy real, and lists of tuples, bounded.
class Finish {
 public:
  explicit Finish(Budget& budget) : budget_(budget) {}

  Item run(const Item& item) {
    const Budget::Level level(budget_);
    if (++items_ > kMostItems)
      throw Failure(Reason::TooMuchMemory, "The expression's result is too large.");
    switch (item.kind()) {
      case Item::Kind::Dict:
        if (!item.dict()->source().is_null()) return bounded(item, item.dict()->source());
        return finished(*item.dict());
      case Item::Kind::Set:
        return as_set(item);
      case Item::Kind::View:
        if (item.view().of != View::Of::Values) return as_set(item);
        return as_list(item);
      case Item::Kind::List:
        if (!item.list().source().is_null()) return bounded(item, item.list().source());
        [[fallthrough]];
      case Item::Kind::Sequence:
      case Item::Kind::Ordering:
        return as_list(item);
      default:
        return item;
    }
  }

 private:
  /// What came in goes out as it is, if it is small enough.
  const Item& bounded(const Item& item, const Value& source) {
    bound(source);
    return item;
  }

  void bound(const Value& source) {
    const Budget::Level level(budget_);
    if (source.is_list()) {
      budget_.items(source.as_list().size());
      for (const Value& each : source.as_list()) bound(each);
    } else if (source.is_map()) {
      budget_.items(source.as_map().size());
      for (const auto& entry : source.as_map()) bound(entry.value);
    }
  }

  Item bounded(const Item& item) {
    budget_.memory(size_of(item));
    return limited(item, budget_);
  }

  Item finished(const Dict& dict) {
    budget_.items(dict.size());
    Dict result;
    result.frozen = false;
    for (const auto& [key, value] : dict.entries()) result.set(run(key), run(value));
    return yaql::dict(std::move(result));
  }

  Item as_set(const Item& item) {
    auto result = std::make_shared<ItemSet>();
    Cursor cursor(bounded(item));
    while (auto next = cursor.next()) result->add(run(*next));
    return std::shared_ptr<const ItemSet>(result);
  }

  Item as_list(const Item& item) {
    Items result;
    Cursor cursor(bounded(item));
    while (auto next = cursor.next()) result.push_back(run(*next));
    return list(std::move(result));
  }

  Budget& budget_;
  std::int64_t items_ = 0;
};

}  // namespace

Expression::Expression(std::string_view text) : root_(std::make_shared<const Node>(parse(text))) {}

Item Expression::evaluate(const Value& data, const Limits& limits) const {
  Budget budget(limits);
  Interpreter interpreter(budget);
  const auto context = std::make_shared<Context>(nullptr);
  context->set("1", from_value(data));
  const Item result = interpreter.evaluate(*root_, context);
  budget.memory(size_of(result));
  return Finish(budget).run(result);
}

const Expression& parsed(const std::string& text) {
  constexpr std::size_t kRemembered = 256;
  thread_local std::unordered_map<std::string, Expression> known;
  const auto found = known.find(text);
  if (found != known.end()) return found->second;
  if (known.size() >= kRemembered) known.clear();
  return known.emplace(text, Expression(text)).first->second;
}

Value evaluate(const std::string& expression, const Value& data, const Limits& limits) {
  return to_value(parsed(expression).evaluate(Map{{"data", data}}, limits));
}

}  // namespace heat::yaql
