#include "schema/schema.h"
#include "template/functions.h"

namespace heat {

std::string check_if(const Node& argument, std::string_view name) {
  if (is_list(argument, 3, 3)) return {};
  return takes(name,
               "a list: a condition, the value where it is true, the value where it is false.");
}

std::string check_if_or_omit(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 3)) return {};
  return takes(name,
               "a list: a condition, the value where it is true, and the value where it is false "
               "if there is to be one.");
}

Value if_then_else(const Node& argument, Evaluation& evaluation) {
  const auto& items = argument.items;
  if (evaluation.condition(items[0])) return evaluation.evaluate(items[1]);
  return items.size() > 2 ? evaluation.evaluate(items[2]) : Value::omitted();
}

std::string check_equals(const Node& argument, std::string_view name) {
  return is_list(argument, 2, 2) ? std::string() : takes(name, "a list of two values.");
}

Value equals(const Value& argument) { return part(argument, 0) == part(argument, 1); }

std::string check_not(const Node& argument, std::string_view name) {
  return !argument.is_call() && argument.source().is_null() ? takes(name, "a condition.")
                                                            : std::string();
}

Value logical_not(const Node& argument, Evaluation& evaluation) {
  return !evaluation.condition(argument);
}

std::string check_not_of_list(const Node& argument, std::string_view name) {
  return is_list(argument, 1, 1) ? std::string() : takes(name, "a list of one condition.");
}

Value logical_not_of_list(const Node& argument, Evaluation& evaluation) {
  return logical_not(argument.items[0], evaluation);
}

std::string check_and_or(const Node& argument, std::string_view name) {
  return is_list(argument, 2, static_cast<std::size_t>(-1))
             ? std::string()
             : takes(name, "a list of two conditions or more.");
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
