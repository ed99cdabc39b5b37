#include <algorithm>

#include "yaql/failure.h"
#include "yaql/resolve.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

std::string_view method_name(std::string_view name) {
  while (!name.empty() && name.back() == '_') name.remove_suffix(1);
  return name;
}

[[noreturn]] void unknown(std::string_view name, const Item* receiver) {
  if (!receiver)
    throw Failure(Reason::UnknownFunction, "There is no function '" + std::string(name) + "'.");
  throw Failure(Reason::UnknownMethod,
                "There is no method '" + std::string(name) + "' of " + shown(*receiver) + ".");
}

/// Arguments as written become positional and named ones.
Inputs inputs_of(const std::vector<Node>& parts, const Item* receiver, bool takes_rules) {
  Inputs inputs;
  inputs.positional.reserve(parts.size() + 1);
  if (receiver) inputs.positional.push_back({nullptr, *receiver});
  for (const Node& part : parts) {
    if (takes_rules || part.kind != Node::Kind::Rule) {
      inputs.positional.push_back({&part, {}});
      continue;
    }
    if (part.parts[0].kind != Node::Kind::Keyword)
      throw Failure(Reason::BadKeyword, "The name of an argument must be a plain word.");
    inputs.named.emplace_back(part.parts[0].name, Input{&part.parts[1], {}});
  }
  return inputs;
}

}  // namespace

Item Interpreter::evaluate(const Node& node, const std::shared_ptr<Context>& context) {
  switch (node.kind) {
    case Node::Kind::Constant:
    case Node::Kind::Keyword:
      return node.value;
    case Node::Kind::Variable: {
      Item item = context->get(node.name);
      budget.take(item);
      return item;
    }
    case Node::Kind::Function:
    case Node::Kind::Operator:
      return invoke(node, nullptr, context);
    case Node::Kind::Dot:
    case Node::Kind::SafeDot:
      return dot(node, context);
    case Node::Kind::Wrap: {
      const Budget::Level level(budget);
      return evaluate(node.parts[0], context);
    }
    case Node::Kind::Rule:
      return std::make_shared<const Rule>(
          Rule{evaluate(node.parts[0], context), evaluate(node.parts[1], context)});
    case Node::Kind::Skipped:
      break;
  }
  return Absent{};
}

Item Interpreter::invoke(const Node& node, const Item* receiver,
                         const std::shared_ptr<Context>& context) {
  const Budget::Level level(budget);
  if (has_definitions && !receiver)
    if (const auto where = Context::defining(context, node.name)) {
      Inputs inputs = inputs_of(node.parts, nullptr, false);
      Items items;
      for (const Input& input : inputs.positional) items.push_back(evaluate(*input.node, context));
      std::vector<std::pair<std::string, Item>> named;
      for (const auto& [name, input] : inputs.named)
        named.emplace_back(name, evaluate(*input.node, context));
      return call_definition(node.name, items, named, where);
    }
  if (!node.overloads) unknown(node.name, receiver);
  const bool none = receiver ? node.overloads->methods.empty() : node.overloads->functions.empty();
  if (none) unknown(node.name, receiver);
  const bool takes_rules =
      receiver ? node.overloads->methods_take_rules : node.overloads->functions_take_rules;
  Inputs inputs = inputs_of(node.parts, receiver, takes_rules);
  return resolve(*node.overloads, receiver != nullptr, inputs, *this, context);
}

Item Interpreter::dot(const Node& node, const std::shared_ptr<Context>& context) {
  const Budget::Level level(budget);
  const Node& asked = node.parts[1];
  const bool safe = node.kind == Node::Kind::SafeDot;
  const bool possible = asked.kind == Node::Kind::Function || asked.kind == Node::Kind::Keyword;
  if (!possible && !safe)
    throw Failure(Reason::NoMatchingFunction, "A name or a method must stand behind a dot.");
  const Item receiver = evaluate(node.parts[0], context);
  if (safe && receiver.is_null()) return receiver;
  if (!possible)
    throw Failure(Reason::NoMatchingFunction, "A name or a method must stand behind '?.'.");
  if (asked.kind == Node::Kind::Function) return invoke(asked, &receiver, context);
  return property(receiver, asked.name, context);
}

Item Interpreter::property(const Item& receiver, const std::string& name,
                           const std::shared_ptr<Context>& context) {
  if (receiver.is(Item::Kind::Dict)) {
    const auto found = receiver.dict()->member(name);
    if (!found)
      throw Failure(Reason::NoKey, "There is no key '" + name + "' in " + shown(receiver) +
                                       ". Use get(" + name + ") where it may be missing.");
    budget.take(*found);
    return *found;
  }
  if (is_iterable(receiver))
    return generated(budget, receiver.depth(),
                     [this, context, name, cursor = Cursor(limited(receiver, budget))]() mutable {
                       std::optional<Item> item = cursor.next();
                       if (item) item = property(*item, name, context);
                       return item;
                     });
  return apply("#property#" + name, {&receiver, 1}, context);
}

Item Interpreter::call_definition(std::string_view name, std::span<const Item> arguments,
                                  const std::vector<std::pair<std::string, Item>>& named,
                                  const std::shared_ptr<Context>& where) {
  const Context::Definition& definition = *where->definition(name);
  auto inner = std::make_shared<Context>(where);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    inner->set(std::to_string(i + 1), arguments[i]);
  for (const auto& [key, item] : named) inner->set(key, item);
  Item result = definition.body ? evaluate(*definition.body, inner) : definition.constant;
  budget.take(result);
  return result;
}

Item Interpreter::call(const Lambda& lambda, std::span<const Item> arguments) {
  if (!lambda.body) return lambda.constant;
  if (lambda.body->is_constant()) return lambda.body->value;
  if (arguments.empty()) return evaluate(*lambda.body, lambda.context);
  static constexpr std::string_view kNames[] = {"1", "2", "3", "4"};
  auto inner = std::make_shared<Context>(lambda.context);
  for (std::size_t i = 0; i < arguments.size(); ++i) inner->set(kNames[i], arguments[i]);
  return evaluate(*lambda.body, inner);
}

Item Interpreter::call(const Lambda& lambda, const Item& first, const Item& second) {
  const Item both[] = {first, second};
  return call(lambda, std::span<const Item>(both));
}

Item Interpreter::call_in(const Lambda& lambda, const std::shared_ptr<Context>& context) {
  if (!lambda.body) return lambda.constant;
  return evaluate(*lambda.body, context);
}

Item Interpreter::apply(std::string_view name, std::span<const Item> arguments,
                        const std::shared_ptr<Context>& context, const Item* receiver,
                        const Dict* named) {
  const Budget::Level level(budget);
  name = method_name(name);
  std::vector<std::pair<std::string, Item>> by_name;
  if (named)
    for (const auto& [key, value] : named->entries())
      if (key.is_string()) by_name.emplace_back(key.text(), value);
  if (has_definitions && !receiver)
    if (const auto where = Context::defining(context, name))
      return call_definition(name, arguments, by_name, where);
  const Overloads* overloads = find_overloads(name);
  if (!overloads || (receiver ? overloads->methods : overloads->functions).empty())
    unknown(name, receiver);
  Inputs inputs;
  if (receiver) inputs.positional.push_back({nullptr, *receiver});
  for (const Item& item : arguments) inputs.positional.push_back({nullptr, item});
  for (auto& [key, item] : by_name) inputs.named.emplace_back(key, Input{nullptr, item});
  return resolve(*overloads, receiver != nullptr, inputs, *this, context);
}

namespace {

bool plain(const Item& a, const Item& b) {
  if (!a.is(Item::Kind::Scalar) || !b.is(Item::Kind::Scalar)) return false;
  return (a.scalar().is_int() && b.scalar().is_int()) || (a.is_string() && b.is_string());
}

}  // namespace

bool Interpreter::less(const Item& a, const Item& b, const std::shared_ptr<Context>& context) {
  budget.work(1);
  if (!has_definitions && plain(a, b))
    return a.is_string() ? a.text() < b.text() : a.scalar().as_int() < b.scalar().as_int();
  const Item both[] = {a, b};
  return apply("#operator_<", both, context).truthy();
}

bool Interpreter::greater(const Item& a, const Item& b, const std::shared_ptr<Context>& context) {
  budget.work(1);
  if (!has_definitions && plain(a, b))
    return a.is_string() ? a.text() > b.text() : a.scalar().as_int() > b.scalar().as_int();
  const Item both[] = {a, b};
  return apply("#operator_>", both, context).truthy();
}

}  // namespace heat::yaql
