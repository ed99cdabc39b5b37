#include "schema/schema.h"
#include "template/functions.h"

namespace heat {

namespace {
bool is_list(const Node& argument, std::size_t least, std::size_t most) {
  return argument.kind == Node::Kind::List && argument.items.size() >= least &&
         argument.items.size() <= most;
}
}  // namespace

std::string check_if(const Node& argument) {
  if (is_list(argument, 3, 3)) return {};
  return "'if' takes a list: a condition, the value where it is true, the value where it is false.";
}

std::string check_if_or_omit(const Node& argument) {
  if (is_list(argument, 2, 3)) return {};
  return "'if' takes a list: a condition, the value where it is true, and the value where it is "
         "false if there is to be one.";
}

Value if_then_else(const Node& argument, Evaluation& evaluation) {
  const auto& items = argument.items;
  if (evaluation.condition(*items[0])) return evaluation.evaluate(*items[1]);
  return items.size() > 2 ? evaluation.evaluate(*items[2]) : Value::omitted();
}

std::string check_equals(const Node& argument) {
  return is_list(argument, 2, 2) ? std::string() : "'equals' takes a list of two values.";
}

Value equals(const Value& argument) { return part(argument, 0) == part(argument, 1); }

std::string check_not(const Node& argument) {
  return !argument.is_call() && argument.source.is_null() ? "'not' takes a condition."
                                                          : std::string();
}

Value logical_not(const Node& argument, Evaluation& evaluation) {
  return !evaluation.condition(argument);
}

std::string check_and_or(const Node& argument) {
  return is_list(argument, 2, static_cast<std::size_t>(-1))
             ? std::string()
             : "'and' and 'or' take a list of two conditions or more.";
}

Value logical_and(const Node& argument, Evaluation& evaluation) {
  const Value conditions = evaluation.value(argument);
  for (const Value& condition : conditions.as_list())
    if (!evaluation.condition(condition)) return false;
  return true;
}

Value logical_or(const Node& argument, Evaluation& evaluation) {
  const Value conditions = evaluation.value(argument);
  for (const Value& condition : conditions.as_list())
    if (evaluation.condition(condition)) return true;
  return false;
}

}  // namespace heat
