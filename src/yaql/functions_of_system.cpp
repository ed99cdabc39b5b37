#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr Form F = Form::Function;
constexpr Form M = Form::Method;

std::shared_ptr<Context> new_context(Call& call) { return std::make_shared<Context>(call.context); }

Item with(Call& call) {
  auto context = new_context(call);
  for (std::size_t i = 0; i < call.arguments.size(); ++i)
    context->set(std::to_string(i + 1), call[i]);
  for (const auto& [name, item] : call.named) context->set(name, item);
  return context;
}

Item unpack(Call& call) {
  auto context = new_context(call);
  const std::size_t names = call.arguments.size() - 1;
  Items items;
  Cursor cursor(call[0]);
  while (names == 0 || items.size() <= names) {
    auto item = cursor.next();
    if (!item) break;
    items.push_back(std::move(*item));
  }
  if (names > 0 && items.size() != names)
    throw Failure(Reason::WrongValue, "unpack() has " + std::to_string(names) + " names for " +
                                          std::to_string(items.size()) + " items" +
                                          (items.size() > names ? " or more." : "."));
  for (std::size_t i = 0; i < items.size(); ++i)
    context->set(names > 0 ? call.text(i + 1) : std::to_string(i + 1), items[i]);
  return context;
}

Item define(Call& call) {
  auto context = new_context(call);
  const Call::Argument& body = call.arguments[1];
  context->define(call.text(0), body.body, body.item);
  call.interpreter.has_definitions = true;
  return context;
}

Item send(Call& call) { return call.interpreter.call_in(call.lambda(1), call[0].context()); }

Item assert_that(Call& call) {
  const Item item = memorized(call[0], call.budget());
  if (!call.interpreter.call(call.lambda(1), item).truthy())
    throw Failure(Reason::Assertion, call.has(2) ? call.text(2) : "An assert() does not hold.");
  return item;
}

Item call_by_name(Call& call) {
  const Item receiver = call.has(3) ? call[3] : Item(Absent{});
  return call.interpreter.apply(call.text(0), call[1].list().items(), call.context,
                                receiver.is_absent() ? nullptr : &receiver, call[2].dict().get());
}

Item logical_and(Call& call) {
  Item left = call.interpreter.call(call.lambda(0));
  return left.truthy() ? call.interpreter.call(call.lambda(1)) : left;
}

Item logical_or(Call& call) {
  Item left = call.interpreter.call(call.lambda(0));
  return left.truthy() ? left : call.interpreter.call(call.lambda(1));
}

Item choose(Call& call) {
  for (const Call::Argument& argument : call.arguments) {
    const Node& rule = *argument.body;
    if (call.interpreter.evaluate(rule.parts[0], call.context).truthy())
      return call.interpreter.evaluate(rule.parts[1], call.context);
  }
  return {};
}

Item select_case(Call& call) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i)
    if (call.interpreter.call(call.lambda(i)).truthy()) return static_cast<std::int64_t>(i);
  return static_cast<std::int64_t>(call.arguments.size());
}

std::vector<Lambda> lambdas(const Call& call) {
  std::vector<Lambda> result;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) result.push_back(call.lambda(i));
  return result;
}

Item select_all_cases(Call& call) {
  return generated(call.budget(), call.depth(),
                   [&in = call.interpreter, cases = lambdas(call),
                    i = std::size_t{0}]() mutable -> std::optional<Item> {
                     while (i < cases.size())
                       if (in.call(cases[i++]).truthy()) return static_cast<std::int64_t>(i - 1);
                     return std::nullopt;
                   });
}

Item examine(Call& call) {
  return generated(call.budget(), call.depth(),
                   [&in = call.interpreter, cases = lambdas(call),
                    i = std::size_t{0}]() mutable -> std::optional<Item> {
                     if (i == cases.size()) return std::nullopt;
                     return in.call(cases[i++]).truthy();
                   });
}

Item switch_case(Call& call) {
  const std::size_t cases = call.arguments.size() - 1;
  if (cases == 0) return {};
  const bool fits = call[0].is_bool() || call[0].scalar().is_int();
  const std::int64_t at = fits ? call.integer(0, 0) : -1;
  const std::size_t chosen =
      at >= 0 && at < static_cast<std::int64_t>(cases) ? static_cast<std::size_t>(at) : cases - 1;
  return call.interpreter.call(call.lambda(chosen + 1));
}

Item coalesce(Call& call) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i)
    if (Item item = call.interpreter.call(call.lambda(i)); !item.is_null()) return item;
  return {};
}

template <bool Result>
Item always(Call&) {
  return Result;
}

}  // namespace

const FunctionTable& system_functions() {
  static const FunctionTable table = {
      {"with", F, {{"args", Type::Any, Rest}}, with},
      {"let", F, {{"args", Type::Any, Rest}, {"kwargs", Type::Any, Named}}, with},
      {"unpack", M, {{"sequence", Type::Iterable}, {"args", Type::String, Rest}}, unpack},
      {"def", F, {{"name", Type::String}, {"func", Type::Lambda}}, define},
      {"#operator_->", F, {{"left", Type::Context}, {"right", Type::Lambda}}, send},
      {"assert",
       M,
       {{"obj"}, {"condition", Type::Lambda}, {"message", Type::String, Optional}},
       assert_that},
      {"call",
       F,
       {{"name", Type::String},
        {"args", Type::Sequence},
        {"kwargs", Type::Map},
        {"receiver", Type::Any, Optional}},
       call_by_name},
  };
  return table;
}

const FunctionTable& branching_functions() {
  static const FunctionTable table = {
      {"#operator_and", F, {{"left", Type::Lambda}, {"right", Type::Lambda}}, logical_and},
      {"#operator_or", F, {{"left", Type::Lambda}, {"right", Type::Lambda}}, logical_or},
      {"#unary_operator_not", F, {{"arg"}}, [](Call& c) -> Item { return !c[0].truthy(); }},
      {"bool", F, {{"value"}}, [](Call& c) -> Item { return c[0].truthy(); }},
      {"isBoolean", F, {{"value"}}, [](Call& c) -> Item { return c[0].is_bool(); }},
      {"switch", F, {{"args", Type::LazyRule, Rest}}, choose, true},
      {"selectCase", F, {{"args", Type::Lambda, Rest}}, select_case},
      {"selectAllCases", F, {{"args", Type::Lambda, Rest}}, select_all_cases},
      {"examine", F, {{"args", Type::Lambda, Rest}}, examine},
      {"switchCase", M, {{"case", Type::Int}, {"args", Type::Lambda, Rest}}, switch_case},
      {"coalesce", F, {{"args", Type::Lambda, Rest}}, coalesce},
  };
  return table;
}

const FunctionTable& comparison_functions() {
  constexpr Type N = Type::Null;
  constexpr Type A = Type::Any;
  static const FunctionTable table = {
      {"*equal", F, {{"left"}, {"right"}}, [](Call& c) -> Item { return c[0] == c[1]; }},
      {"*not_equal", F, {{"left"}, {"right"}}, [](Call& c) -> Item { return !(c[0] == c[1]); }},
      {"#operator_<", F, {{"left", A, NotNull}, {"right", N}}, always<false>},
      {"#operator_<=", F, {{"left", A, NotNull}, {"right", N}}, always<false>},
      {"#operator_>", F, {{"left", A, NotNull}, {"right", N}}, always<true>},
      {"#operator_>=", F, {{"left", A, NotNull}, {"right", N}}, always<true>},
      {"#operator_<", F, {{"left", N}, {"right", A, NotNull}}, always<true>},
      {"#operator_<=", F, {{"left", N}, {"right", A, NotNull}}, always<true>},
      {"#operator_>", F, {{"left", N}, {"right", A, NotNull}}, always<false>},
      {"#operator_>=", F, {{"left", N}, {"right", A, NotNull}}, always<false>},
      {"#operator_<", F, {{"left", N}, {"right", N}}, always<false>},
      {"#operator_<=", F, {{"left", N}, {"right", N}}, always<true>},
      {"#operator_>", F, {{"left", N}, {"right", N}}, always<false>},
      {"#operator_>=", F, {{"left", N}, {"right", N}}, always<true>},
  };
  return table;
}

}  // namespace heat::yaql
