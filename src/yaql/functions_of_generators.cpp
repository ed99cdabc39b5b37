#include <deque>

#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/numbers.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;
constexpr Type L = Type::Lambda;
constexpr Type N = Type::Int;

template <class Produce>
Item lazy(Call& call, Produce produce) {
  return generated(call.budget(), call.depth(), std::move(produce));
}

Item range_of(Call& call, std::int64_t start, std::int64_t stop, std::int64_t step) {
  if (step == 0) throw Failure(Reason::WrongValue, "The step of a range can't be 0.");
  return lazy(call, [at = Value(start), stop = Value(stop), step]() mutable -> std::optional<Item> {
    const int order = compare(at, stop);
    if (step > 0 ? order >= 0 : order <= 0) return std::nullopt;
    return std::exchange(at, add(at, step));
  });
}

Item sequence(Call& call) {
  const std::int64_t start = call.integer(0, 0), step = call.integer(1, 1);
  return lazy(call, [at = Value(start), step]() mutable -> std::optional<Item> {
    return std::exchange(at, add(at, step));
  });
}

Item repeat(Call& call) {
  return lazy(call, [item = call[0], left = call.integer(1, -1)]() mutable -> std::optional<Item> {
    if (left == 0) return std::nullopt;
    if (left > 0) --left;
    return item;
  });
}

Item cycle(Call& call) {
  return lazy(call,
              [&budget = call.budget(), source = std::optional<Cursor>(Cursor(call[0])),
               seen = Items(), at = std::size_t{0}]() mutable -> std::optional<Item> {
                if (source) {
                  if (auto item = source->next()) {
                    seen.push_back(*item);
                    budget.memory(56 + 8 * static_cast<std::int64_t>(seen.size()));
                    return item;
                  }
                  source.reset();
                }
                if (seen.empty()) return std::nullopt;
                return seen[at++ % seen.size()];
              });
}

Item generate(Call& call) {
  return lazy(call,
              [&in = call.interpreter, item = call[0], predicate = call.lambda(1),
               producer = call.lambda(2), selector = call.lambda(3), decycle = call.flag(4, false),
               past = ItemSet(), begun = false]() mutable -> std::optional<Item> {
                if (begun) item = in.call(producer, item);
                begun = true;
                if (!in.call(predicate, item).truthy()) return std::nullopt;
                if (decycle) {
                  if (!past.add(item)) return std::nullopt;
                  in.budget.memory(size_of_set(past.items.size()));
                }
                return selector ? in.call(selector, item) : item;
              });
}

/// Goes through what items produce, and what those produce.
class Descent {
 public:
  explicit Descent(Call& call)
      : in_(call.interpreter),
        queue_{call[0]},
        producer_(call.lambda(1)),
        selector_(call.lambda(2)),
        decycle_(call.flag(3, false)),
        depth_first_(call.flag(4, false)) {}

  std::optional<Item> operator()() {
    if (last_) enqueue(*std::exchange(last_, std::nullopt));
    while (!queue_.empty()) {
      const Item item = queue_.front();
      queue_.pop_front();
      if (decycle_) {
        if (!past_.add(item)) continue;
        in_.budget.memory(size_of_set(past_.items.size()));
      }
      last_ = item;
      return selector_ ? in_.call(selector_, item) : item;
    }
    return std::nullopt;
  }

 private:
  void enqueue(const Item& item) {
    Items produced;
    Cursor cursor(in_.call(producer_, item));
    while (auto next = cursor.next()) {
      produced.push_back(std::move(*next));
      in_.budget.memory(static_cast<std::int64_t>(produced.size() * 8));
    }
    queue_.insert(depth_first_ ? queue_.begin() : queue_.end(), produced.begin(), produced.end());
    in_.budget.memory(600 + static_cast<std::int64_t>(queue_.size()) * 8);
  }

  Interpreter& in_;
  std::deque<Item> queue_;
  Lambda producer_, selector_;
  bool decycle_, depth_first_;
  ItemSet past_;
  std::optional<Item> last_;
};

}  // namespace

const FunctionTable& generator_functions() {
  static const FunctionTable table = {
      {"range", F, {{"stop", N}}, [](Call& c) { return range_of(c, 0, c.integer(0, 0), 1); }},
      {"range",
       F,
       {{"start", N}, {"stop", N}, {"step", N, Optional}},
       [](Call& c) { return range_of(c, c.integer(0, 0), c.integer(1, 0), c.integer(2, 1)); }},
      {"sequence", F, {{"start", N, Optional}, {"step", N, Optional}}, sequence},
      {"repeat", M, {{"value"}, {"times", N, Optional}}, repeat},
      {"cycle", M, {{"collection", Type::Iterable}}, cycle},
      {"generate",
       F,
       {{"initial"},
        {"predicate", L},
        {"producer", L},
        {"selector", L, Optional},
        {"decycle", Type::Bool, Optional}},
       generate},
      {"generateMany",
       F,
       {{"initial"},
        {"producer", L},
        {"selector", L, Optional},
        {"decycle", Type::Bool, Optional},
        {"depthFirst", Type::Bool, Optional}},
       [](Call& c) { return lazy(c, Descent(c)); }},
  };
  return table;
}

}  // namespace heat::yaql
