#include <algorithm>

#include "schema/schema.h"
#include "template/functions.h"

namespace heat {

using Node = Expression::Node;
using Kind = Value::Kind;

Value Evaluation::evaluate(const Node& node) {
  if (node.constant) return node.source();
  return node.is_call() ? call(node) : built(node, OmittedItems::GoAway);
}

Value Evaluation::value(const Node& node) {
  Value result = evaluate(node);
  if (result.is(Kind::Omitted)) return {};
  return result;
}

Value Evaluation::argument(const Node& node) {
  return node.constant || node.is_call() ? value(node) : built(node, OmittedItems::Stay);
}

Value Evaluation::built(const Node& node, OmittedItems omitted) {
  const auto stays = [omitted](const Value& item) {
    return omitted == OmittedItems::Stay || !item.is(Kind::Omitted);
  };
  if (node.kind == Node::Kind::List) {
    List items;
    items.reserve(node.items.size());
    for (const Node& part : node.items)
      if (Value item = evaluate(part); stays(item)) items.push_back(std::move(item));
    return items;
  }
  Map map;
  map.reserve(node.items.size());
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Map::Entry& written = node.source().as_map().at_index(i);
    if (Value item = evaluate(node.items[i]); stays(item))
      map.add(written.key, std::move(item), written.key_kind);
  }
  return map;
}

void Evaluation::count(const Value& result, int depth) {
  constexpr std::size_t kMost = 4'000'000;
  constexpr int kDeepest = 200;
  if (depth > kDeepest)
    wrong_argument("The value is nested deeper than " + std::to_string(kDeepest) + " levels.");
  given_ += 1 + (result.is_string() ? result.as_string().size() / 16 : 0);
  if (given_ > kMost)
    wrong_argument("The functions here give too much: more than " + std::to_string(kMost) +
                   " values, or text of that many times 16 bytes.");
  if (result.is_list())
    for (const Value& item : result.as_list()) count(item, depth + 1);
  if (result.is_map())
    for (const auto& entry : result.as_map()) count(entry.value, depth + 1);
}

Value Evaluation::call(const Node& call) {
  try {
    if (call.problem) throw Error(ErrorKind::StackValidationFailed, *call.problem);
    const Computation& computation = call.function->result;
    Value result = computation.evaluate ? computation.evaluate(call.argument(), *this)
                                        : applied(call);
    count(result);
    return result;
  } catch (const Error& error) {
    fail(error, call);
    return Value::unknown();
  }
}

Value Evaluation::applied(const Node& call) {
  const Value known = argument(call.argument());
  if (!call.function->takes_unknown && contains_unknown(known)) return Value::unknown();
  const auto& [apply, fault, evaluate] = call.function->result;
  std::string problem = fault ? fault(known) : std::string();
  if (problem.empty()) return apply(known);
  fail(Error(ErrorKind::ValueError, std::move(problem)), call);
  return Value::unknown();
}

void Evaluation::fail(const Error& error, const Node& call) {
  if (!problems_ && !error.path().empty()) throw error;
  Path place = error.path().empty() ? call.call_path() : error.path();
  if (!problems_) throw Error(error.kind(), error.message(), std::move(place));
  problems_->add_further(error.kind(), error.message(), std::move(place));
}

bool Evaluation::condition(const Node& node) { return condition(value(node)); }

bool Evaluation::condition(const Value& value) {
  if (value.is_bool()) return value.as_bool();
  if (value.is_null()) return true;
  if (value.is(Kind::Unknown)) return false;  // it hangs on a parameter without a value
  if (!value.is_string())
    throw Error(ErrorKind::ValueError, "A condition must be a boolean or the name of one, not " +
                                           std::string(value.kind_name()) + ".");
  return scope.condition(value.as_string());
}

const Node* Evaluation::branch(const Node& call) {
  const auto& items = call.argument().items;
  try {
    if (condition(items[0])) return &items[1];
  } catch (const Error& error) {
    fail(error, call);
    return nullptr;
  }
  return items.size() > 2 ? &items[2] : nullptr;
}

namespace {
const Value& null_for_omitted(const Value& value) {
  static const Value null;
  return value.is(Kind::Omitted) ? null : value;
}
}  // namespace

Value part(const Value& argument, std::size_t index) { return null_for_omitted(argument[index]); }

Value part(const Value& argument, std::string_view key) { return null_for_omitted(argument[key]); }

Value present(const Value& argument) {
  const auto omitted = [](const Value& value) { return value.is(Kind::Omitted); };
  if (argument.is_list()) {
    if (std::ranges::none_of(argument.as_list(), omitted)) return argument;
    List items;
    std::ranges::remove_copy_if(argument.as_list(), std::back_inserter(items), omitted);
    return items;
  }
  if (argument.is_map()) {
    if (std::ranges::none_of(argument.as_map(), omitted, &Map::Entry::value)) return argument;
    Map map;
    for (const auto& [key, value, kind] : argument.as_map())
      if (!omitted(value)) map.add(key, value, kind);
    return map;
  }
  return argument;
}

}  // namespace heat
