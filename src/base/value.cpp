#include "base/value.h"

#include <charconv>
#include <cstdlib>

namespace heat {

Value::Value(std::string s) : kind_(Kind::String) {
  bits_.shared = new Holder<std::string>(std::move(s));
}
Value::Value(List list) : kind_(Kind::List) { bits_.shared = new Holder<List>(std::move(list)); }
Value::Value(Map map) : kind_(Kind::Map) { bits_.shared = new Holder<Map>(std::move(map)); }

Value Value::integer(std::string_view digits) {
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  const bool negative = !digits.empty() && digits.front() == '-';
  if (negative) digits.remove_prefix(1);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  std::string text = (negative ? "-" : "") + std::string(digits);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc{} && end == text.data() + text.size()) return Value(number);
  Value big(std::move(text));
  big.kind_ = Kind::BigInt;
  return big;
}

void Value::destroy() noexcept {
  switch (kind_) {
    case Kind::List:
      delete static_cast<Holder<List>*>(bits_.shared);
      break;
    case Kind::Map:
      delete static_cast<Holder<Map>*>(bits_.shared);
      break;
    default:
      delete static_cast<Holder<std::string>*>(bits_.shared);
      break;
  }
}

bool Value::as_bool() const {
  check(is_bool(), "value is no boolean");
  return bits_.integer != 0;
}

std::int64_t Value::as_int() const {
  check(is_int(), "value is no integer");
  return bits_.integer;
}

double Value::as_double() const {
  if (is_double()) return bits_.number;
  if (is_int()) return static_cast<double>(bits_.integer);
  check(is(Kind::BigInt), "value is no number");
  return std::strtod(as_string().c_str(), nullptr);
}

namespace {
const Value& null_value() {
  static const Value null;
  return null;
}
}  // namespace

const Value* Value::find(std::string_view key) const noexcept {
  return is_map() ? as_map().find(key) : nullptr;
}

const Value& Value::operator[](std::string_view key) const noexcept {
  const Value* found = find(key);
  return found ? *found : null_value();
}

const Value& Value::operator[](std::size_t index) const noexcept {
  if (!is_list() || index >= as_list().size()) return null_value();
  return as_list()[index];
}

std::string Value::string_or(std::string_view otherwise) const {
  return is_string() ? as_string() : std::string(otherwise);
}

bool Value::truthy() const noexcept {
  switch (kind_) {
    case Kind::Bool:
    case Kind::Int:
      return bits_.integer != 0;
    case Kind::BigInt:
      return true;
    case Kind::Double:
      return bits_.number != 0;
    case Kind::String:
      return !as_string().empty();
    case Kind::List:
      return !as_list().empty();
    case Kind::Map:
      return !as_map().empty();
    default:
      return false;
  }
}

std::string_view Value::kind_name() const noexcept {
  switch (kind_) {
    case Kind::Null:
      return "null";
    case Kind::Bool:
      return "boolean";
    case Kind::Int:
    case Kind::BigInt:
      return "integer";
    case Kind::Double:
      return "number";
    case Kind::String:
      return "string";
    case Kind::List:
      return "list";
    case Kind::Map:
      return "map";
    case Kind::Omitted:
      return "omitted";
    case Kind::Unknown:
      return "unknown";
  }
  return "?";
}

}  // namespace heat
