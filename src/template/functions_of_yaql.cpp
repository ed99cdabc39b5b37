#include "schema/schema.h"
#include "template/functions.h"
#include "yaql/yaql.h"

namespace heat {

namespace {

constexpr std::string_view kForm =
    "a map with 'expression' and 'data': {expression: $.data.max(), data: [3, 2]}.";

std::string check_expression(const Value& expression) {
  if (!expression.is_string())
    return "The expression of 'yaql' must be a string, not a " +
           std::string(expression.kind_name()) + ".";
  try {
    yaql::parsed(expression.as_string());
  } catch (const Error& error) {
    return "The yaql expression is wrong: " + error.message();
  }
  return {};
}

}  // namespace

std::string check_yaql(const Node& argument, std::string_view name) {
  if (argument.kind != Node::Kind::Map) return takes(name, kForm);
  const Node* expression = argument.member("expression");
  const std::size_t known = 1 + (argument.member("data") != nullptr);
  if (!expression || argument.items.size() != known) return takes(name, kForm);
  return expression->constant ? check_expression(expression->source()) : "";
}

Value query_by_yaql(const Node& written, Evaluation& evaluation) {
  const Value argument = evaluation.argument(written);
  if (contains_unknown(argument)) return Value::unknown();
  const Value expression = part(argument, "expression");
  if (!expression.is_string()) wrong_argument("The expression of 'yaql' must be a string.");
  const Value data = argument.find("data") ? part(argument, "data") : Value(Map{});
  return yaql::evaluate(expression.as_string(), data, evaluation.scope.query_limits());
}

}  // namespace heat
