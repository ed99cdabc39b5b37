#include <algorithm>

#include "yaql/clock.h"
#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/numbers.h"

namespace heat::yaql {

namespace {

const Value& n(const Call& call, std::size_t i) { return call[i].scalar(); }

bool at_least(const Value& a, const Value& b) {
  const int order = compare(a, b);
  return order == 0 || order == 1;
}

Item larger(Call& call) {
  return call.interpreter.greater(call[1], call[0], call.context) ? call[1] : call[0];
}

Item smaller(Call& call) {
  return call.interpreter.greater(call[1], call[0], call.context) ? call[0] : call[1];
}

const Value& scalar_of(const Call& call, std::string_view function) {
  if (!call[0].is(Item::Kind::Scalar))
    throw Failure(Reason::WrongType, std::string(function) + "() takes a number or a string, not " +
                                         shown(call[0]) + ".");
  return n(call, 0);
}

Item absolute(Call& call) {
  if (n(call, 0).is_double()) return std::abs(n(call, 0).as_double());
  return compare(n(call, 0), 0) < 0 ? negate(n(call, 0)) : n(call, 0);
}

Item random_between(Call& call) {
  if (!call[0].is_integer() || !call[1].is_integer())
    throw Failure(Reason::WrongType, "random() takes two integers.");
  const std::int64_t from = call.integer(0, 0), to = call.integer(1, 0);
  if (from > to) throw Failure(Reason::WrongValue, "random() takes the smaller number first.");
  return from + static_cast<std::int64_t>(random_below(static_cast<std::uint64_t>(to - from) + 1));
}

constexpr Type N = Type::Number;
constexpr Form F = Form::Function;

}  // namespace

const FunctionTable& math_functions() {
  static const FunctionTable table = {
      {"#operator_+",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return add(n(c, 0), n(c, 1)); }},
      {"#operator_-",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return subtract(n(c, 0), n(c, 1)); }},
      {"#operator_*",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return multiply(n(c, 0), n(c, 1)); }},
      {"#operator_/",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return divide(n(c, 0), n(c, 1)); }},
      {"#operator_mod",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return modulo(n(c, 0), n(c, 1)); }},
      {"#unary_operator_+", F, {{"op", N}}, [](Call& c) -> Item { return c[0]; }},
      {"#unary_operator_-", F, {{"op", N}}, [](Call& c) -> Item { return negate(n(c, 0)); }},
      {"#operator_>",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return compare(n(c, 0), n(c, 1)) == 1; }},
      {"#operator_>=",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return at_least(n(c, 0), n(c, 1)); }},
      {"#operator_<",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return compare(n(c, 0), n(c, 1)) < 0; }},
      {"#operator_<=",
       F,
       {{"left", N}, {"right", N}},
       [](Call& c) -> Item { return compare(n(c, 0), n(c, 1)) <= 0; }},
      {"abs", F, {{"op", N}}, absolute},
      {"int", F, {{"value"}}, [](Call& c) -> Item { return to_int(scalar_of(c, "int")); }},
      {"float", F, {{"value"}}, [](Call& c) -> Item { return to_float(scalar_of(c, "float")); }},
      {"random", F, {}, [](Call&) -> Item { return random_fraction(); }},
      {"random", F, {{"from"}, {"to"}}, random_between},
      {"bitwiseAnd",
       F,
       {{"left", Type::Int}, {"right", Type::Int}},
       [](Call& c) -> Item { return bitwise(Bits::And, n(c, 0), n(c, 1)); }},
      {"bitwiseOr",
       F,
       {{"left", Type::Int}, {"right", Type::Int}},
       [](Call& c) -> Item { return bitwise(Bits::Or, n(c, 0), n(c, 1)); }},
      {"bitwiseXor",
       F,
       {{"left", Type::Int}, {"right", Type::Int}},
       [](Call& c) -> Item { return bitwise(Bits::Xor, n(c, 0), n(c, 1)); }},
      {"bitwiseNot",
       F,
       {{"arg", Type::Int}},
       [](Call& c) -> Item { return subtract(negate(n(c, 0)), 1); }},
      {"shiftBitsRight",
       F,
       {{"value", Type::Int}, {"bitsNumber", Type::Int}},
       [](Call& c) -> Item { return shift_right(n(c, 0), n(c, 1)); }},
      {"shiftBitsLeft",
       F,
       {{"value", Type::Int}, {"bitsNumber", Type::Int}},
       [](Call& c) -> Item { return shift_left(n(c, 0), n(c, 1)); }},
      {"max", F, {{"a"}, {"b"}}, larger},
      {"min", F, {{"a"}, {"b"}}, smaller},
      {"pow",
       F,
       {{"a", N}, {"b", N}, {"c", N, Optional | Nullable}},
       [](Call& c) -> Item { return power(n(c, 0), n(c, 1), c.given(2) ? n(c, 2) : Value()); }},
      {"sign",
       F,
       {{"num", N}},
       [](Call& c) -> Item { return compare(n(c, 0), 0) == 2 ? 0 : compare(n(c, 0), 0); }},
      {"round",
       F,
       {{"number", N}, {"ndigits", Type::Int, Optional}},
       [](Call& c) -> Item { return round_to(n(c, 0), c.integer(1, 0)); }},
      {"isInteger", F, {{"value"}}, [](Call& c) -> Item { return c[0].is_integer(); }},
      {"isNumber", F, {{"value"}}, [](Call& c) -> Item { return c[0].is_number(); }},
  };
  return table;
}

}  // namespace heat::yaql
