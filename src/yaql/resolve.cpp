#include "yaql/resolve.h"

#include <algorithm>

#include "yaql/failure.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

bool is_lazy(Type type) { return type == Type::Lambda || type == Type::LazyRule; }

bool is_a(Type type, const Item& item) {
  switch (type) {
    case Type::Any:
      return true;
    case Type::Null:
      return item.is_null();
    case Type::Bool:
      return item.is_bool();
    case Type::Int:
      return item.is_integer() || item.is_bool();
    case Type::Integer:
      return item.is_integer();
    case Type::Number:
      return item.is_number();
    case Type::String:
      return item.is_string();
    case Type::Iterable:
      return is_iterable(item);
    case Type::Sequence:
      return item.is(Item::Kind::List);
    case Type::Iterator:
      return item.is(Item::Kind::Sequence);
    case Type::NoSet:
      return is_iterable(item) && !is_a(Type::Set, item);
    case Type::Map:
      return item.is(Item::Kind::Dict);
    case Type::Set:
      return item.is(Item::Kind::Set) ||
             (item.is(Item::Kind::View) && item.view().of != View::Of::Values);
    case Type::DateTime:
      return item.is(Item::Kind::DateTime);
    case Type::TimeSpan:
      return item.is(Item::Kind::TimeSpan);
    case Type::Regex:
      return item.is(Item::Kind::Regex);
    case Type::Ordering:
      return item.is(Item::Kind::Ordering);
    case Type::Context:
      return item.is(Item::Kind::Context);
    case Type::Rule:
      return item.is(Item::Kind::Rule);
    case Type::Lambda:
      return true;
    case Type::LazyRule:
      return false;
  }
  return false;
}

bool accepts(const Parameter& parameter, const Item& item) {
  if (item.is_null() && parameter.type != Type::Null && parameter.type != Type::Lambda)
    return (parameter.flags & Nullable) ||
           (parameter.type == Type::Any && !(parameter.flags & NotNull));
  return is_a(parameter.type, item);
}

/// What can be said of an argument, evaluated or not.
bool accepts(const Parameter& parameter, const Input& input) {
  if (input.skipped()) return parameter.flags & Optional;
  if (parameter.type == Type::LazyRule) return input.node && input.node->kind == Node::Kind::Rule;
  if (parameter.type == Type::Lambda) return true;
  if (!input.node) return accepts(parameter, input.item);
  if (input.node->is_constant()) return accepts(parameter, Item(input.node->value));
  return true;
}

/// Whether every item of `a` is one of `b`, but not the other way round.
bool is_narrower(Type a, Type b) {
  if (a == b || is_lazy(a) || is_lazy(b)) return false;
  if (b == Type::Any) return a != Type::Number;
  if (a == Type::Bool) return b == Type::Int || b == Type::Integer;
  const bool iterable = b == Type::Iterable || b == Type::NoSet;
  return iterable && (a == Type::Sequence || a == Type::Iterator || a == Type::Set ||
                      a == Type::Map || a == Type::Ordering || a == Type::String);
}

const Parameter* positional_parameter(const Function& function, std::size_t i) {
  const auto& parameters = function.parameters;
  if (i < parameters.size() && !(parameters[i].flags & (Rest | Named))) return &parameters[i];
  for (const Parameter& parameter : parameters)
    if (parameter.flags & Rest) return &parameter;
  return nullptr;
}

const Parameter* named_parameter(const Function& function, std::string_view name) {
  const Parameter* any = nullptr;
  for (const Parameter& parameter : function.parameters) {
    if (parameter.flags & Named) any = &parameter;
    if (!(parameter.flags & (Named | Rest)) && parameter.name == name) return &parameter;
  }
  return any;
}

bool fits(const Function& function, const Inputs& inputs) {
  for (std::size_t i = 0; i < inputs.positional.size(); ++i) {
    const Parameter* parameter = positional_parameter(function, i);
    if (!parameter || !accepts(*parameter, inputs.positional[i])) return false;
  }
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    if (parameter.flags & (Rest | Named)) continue;
    const bool by_name = std::ranges::any_of(
        inputs.named, [&](const auto& input) { return input.first == parameter.name; });
    const bool by_place = i < inputs.positional.size();
    if (by_place && by_name && !inputs.positional[i].skipped()) return false;
    if (!by_place && !by_name && !(parameter.flags & Optional)) return false;
  }
  return std::ranges::all_of(inputs.named, [&](const auto& input) {
    const Parameter* parameter = named_parameter(function, input.first);
    return parameter && accepts(*parameter, input.second);
  });
}

const Parameter& parameter_of(const Function& function, const Inputs& inputs, std::size_t i) {
  return i < inputs.positional.size()
             ? *positional_parameter(function, i)
             : *named_parameter(function, inputs.named[i - inputs.positional.size()].first);
}

std::size_t count(const Inputs& inputs) { return inputs.positional.size() + inputs.named.size(); }

bool same_laziness(const Function& a, const Function& b, const Inputs& inputs) {
  for (std::size_t i = 0; i < count(inputs); ++i)
    if (is_lazy(parameter_of(a, inputs, i).type) != is_lazy(parameter_of(b, inputs, i).type))
      return false;
  return true;
}

bool is_narrower(const Function& a, const Function& b, const Inputs& inputs) {
  bool result = false;
  for (std::size_t i = 0; i < count(inputs); ++i) {
    const Type of_a = parameter_of(a, inputs, i).type;
    const Type of_b = parameter_of(b, inputs, i).type;
    if (is_narrower(of_b, of_a)) return false;
    result = result || is_narrower(of_a, of_b);
  }
  return result;
}

class Resolution {
 public:
  Resolution(const Overloads& overloads, bool method, Inputs& inputs, Interpreter& interpreter,
             const std::shared_ptr<Context>& context)
      : overloads_(overloads),
        method_(method),
        inputs_(inputs),
        interpreter_(interpreter),
        context_(context) {}

  Item run() {
    const auto& all = method_ ? overloads_.methods : overloads_.functions;
    const Function* first = nullptr;
    const Function* others[16];
    std::size_t candidates = 0;
    for (const Function* function : all) {
      if (!fits(*function, inputs_)) continue;
      if (first && !same_laziness(*first, *function, inputs_)) ambiguous();
      if (!first) first = function;
      if (candidates < std::size(others)) others[candidates++] = function;
    }
    if (!first) no_match();
    evaluate(*first);
    const Function* chosen = nullptr;
    for (const Function* function : std::span(others, candidates)) {
      if (!fits(*function, inputs_)) continue;
      if (chosen && is_narrower(*chosen, *function, inputs_)) continue;
      if (chosen && !is_narrower(*function, *chosen, inputs_)) ambiguous();
      chosen = function;
    }
    if (!chosen) no_match();
    return call(*chosen);
  }

 private:
  void evaluate(const Function& function) {
    const auto now = [&](Input& input, const Parameter& parameter) {
      if (!input.node || input.skipped() || is_lazy(parameter.type)) return;
      input.item = interpreter_.evaluate(*input.node, context_);
      input.node = nullptr;
    };
    for (std::size_t i = 0; i < inputs_.positional.size(); ++i)
      now(inputs_.positional[i], *positional_parameter(function, i));
    for (auto& [name, input] : inputs_.named) now(input, *named_parameter(function, name));
  }

  Call::Argument convert(Input& input, const Parameter& parameter) {
    if (input.skipped()) return {Absent{}};
    if (is_lazy(parameter.type)) return {std::move(input.item), input.node};
    interpreter_.budget.memory(size_of(input.item));
    if (parameter.type == Type::Iterable || parameter.type == Type::NoSet)
      if (!input.item.is_null()) return {limited(input.item, interpreter_.budget)};
    return {std::move(input.item)};
  }

  Item call(const Function& function) {
    Call call(interpreter_, context_);
    call.arguments.reserve(std::max(function.parameters.size(), inputs_.positional.size()));
    for (std::size_t i = 0; i < function.parameters.size(); ++i) {
      const Parameter& parameter = function.parameters[i];
      if (parameter.flags & (Rest | Named)) break;
      call.arguments.push_back(argument(parameter, i));
    }
    for (std::size_t i = call.arguments.size(); i < inputs_.positional.size(); ++i)
      call.arguments.push_back(convert(inputs_.positional[i], *positional_parameter(function, i)));
    for (auto& [name, input] : inputs_.named) {
      const Parameter& parameter = *named_parameter(function, name);
      if (parameter.flags & Named) call.named.emplace_back(name, convert(input, parameter).item);
    }
    Item result = function.apply(call);
    interpreter_.budget.take(result);
    return result;
  }

  Call::Argument argument(const Parameter& parameter, std::size_t i) {
    if (i < inputs_.positional.size() && !inputs_.positional[i].skipped())
      return convert(inputs_.positional[i], parameter);
    for (auto& [name, input] : inputs_.named)
      if (name == parameter.name) return convert(input, parameter);
    return {Absent{}};
  }

  [[noreturn]] void no_match() const {
    if (!method_)
      throw Failure(Reason::NoMatchingFunction,
                    "The arguments don't fit the function '" + overloads_.name + "'.");
    throw Failure(Reason::NoMatchingMethod, "The arguments don't fit the method '" +
                                                overloads_.name + "' of " +
                                                shown(inputs_.positional[0].item) + ".");
  }

  [[noreturn]] void ambiguous() const {
    throw Failure(method_ ? Reason::AmbiguousMethod : Reason::AmbiguousFunction,
                  "The arguments fit several functions of the name '" + overloads_.name + "'.");
  }

  const Overloads& overloads_;
  bool method_;
  Inputs& inputs_;
  Interpreter& interpreter_;
  const std::shared_ptr<Context>& context_;
};

}  // namespace

Item resolve(const Overloads& overloads, bool method, Inputs& inputs, Interpreter& interpreter,
             const std::shared_ptr<Context>& context) {
  return Resolution(overloads, method, inputs, interpreter, context).run();
}

std::int64_t Call::integer(std::size_t i, std::int64_t otherwise) const {
  if (!given(i)) return otherwise;
  const Value& value = arguments[i].item.scalar();
  if (value.is_bool()) return value.as_bool();
  if (!value.is_int())
    throw Failure(Reason::WrongValue, "The number " + value.as_string() + " is too large here.");
  return value.as_int();
}

Lambda Call::lambda(std::size_t i) const {
  if (i >= arguments.size()) return {};
  const Argument& argument = arguments[i];
  if (argument.body) return {argument.body, {}, context, true};
  return {nullptr, argument.item, context, given(i)};
}

Items Call::rest(std::size_t from) const {
  Items items;
  for (std::size_t i = from; i < arguments.size(); ++i) items.push_back(arguments[i].item);
  return items;
}

int Call::depth() const {
  int depth = 0;
  for (const Argument& argument : arguments) {
    depth = std::max(depth, argument.item.depth());
    if (argument.body) depth = std::max(depth, context->depth());
  }
  return depth;
}

}  // namespace heat::yaql
