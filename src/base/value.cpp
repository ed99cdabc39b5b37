#include "base/value.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>

#include "base/check.h"

namespace heat {

struct Value::Shared {
  std::atomic<std::uint32_t> owners{1};
};

template <class T>
struct Value::Holder : Shared {
  explicit Holder(T c) : content(std::move(c)) {}
  T content;
};

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

void Value::retain() const noexcept {
  if (shared() || kind_ == Kind::BigInt)
    bits_.shared->owners.fetch_add(1, std::memory_order_relaxed);
}

void Value::release() noexcept {
  if (!shared() && kind_ != Kind::BigInt) return;
  if (bits_.shared->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
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

const std::string& Value::as_string() const {
  check(is_string() || is(Kind::BigInt), "value is no string");
  return static_cast<const Holder<std::string>*>(bits_.shared)->content;
}

const List& Value::as_list() const {
  check(is_list(), "value is no list");
  return static_cast<const Holder<List>*>(bits_.shared)->content;
}

const Map& Value::as_map() const {
  check(is_map(), "value is no map");
  return static_cast<const Holder<Map>*>(bits_.shared)->content;
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

namespace {

bool equal_lists(const List& a, const List& b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(a[i] == b[i])) return false;
  return true;
}

bool equal_maps(const Map& a, const Map& b) noexcept {
  if (a.size() != b.size()) return false;
  for (const auto& [key, value, kind] : a) {
    if (kind == Value::Kind::String) {
      const Value* other = b.find(key);
      if (!other || !(value == *other)) return false;
      continue;
    }
    bool found = false;
    for (const auto& entry : b)
      found = found || (entry.key_kind == kind && entry.key == key && entry.value == value);
    if (!found) return false;
  }
  return true;
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t more) noexcept {
  seed ^= more + 0x9e3779b97f4a7c15ULL + (seed << 12) + (seed >> 4);
  return seed * 0xff51afd7ed558ccdULL;
}

std::optional<std::int64_t> as_int64(double number) noexcept {
  constexpr double kEnd = 9223372036854775808.0;  // 2^63
  if (!(number >= -kEnd && number < kEnd) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

/// No rounding: 2^53 + 1 is not 2^53, as in Python.
bool equals_exactly(double number, const Value& integer) noexcept {
  if (!integer.is(Value::Kind::BigInt)) {
    const std::int64_t other = integer.is_bool() ? integer.as_bool() : integer.as_int();
    return as_int64(number) == other;
  }
  if (!std::isfinite(number)) return false;
  char digits[400];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 0);
  return number == std::floor(number) && integer.as_string() == std::string_view(digits, end.ptr);
}

std::uint64_t hash_text(std::string_view text) noexcept {
  return std::hash<std::string_view>{}(text);
}

}  // namespace

bool operator==(const Value& a, const Value& b) noexcept {
  using Kind = Value::Kind;
  const auto numeric = [](const Value& v) { return v.is_number() || v.is_bool(); };
  if (numeric(a) && numeric(b)) {
    if (a.is(Kind::BigInt) && b.is(Kind::BigInt)) return a.as_string() == b.as_string();
    if (a.is_double() && b.is_double()) return a.bits_.number == b.bits_.number;
    if (a.is_double()) return equals_exactly(a.bits_.number, b);
    if (b.is_double()) return equals_exactly(b.bits_.number, a);
    return !a.is(Kind::BigInt) && !b.is(Kind::BigInt) && a.bits_.integer == b.bits_.integer;
  }
  if (a.kind_ != b.kind_) return false;
  switch (a.kind_) {
    case Kind::String:
      return a.as_string() == b.as_string();
    case Kind::List:
      return a.bits_.shared == b.bits_.shared || equal_lists(a.as_list(), b.as_list());
    case Kind::Map:
      return a.bits_.shared == b.bits_.shared || equal_maps(a.as_map(), b.as_map());
    default:
      return true;
  }
}

std::uint64_t Value::hash() const noexcept {
  switch (kind_) {
    case Kind::Bool:
    case Kind::Int:
      return mix(1, static_cast<std::uint64_t>(bits_.integer));
    case Kind::BigInt:
    case Kind::Double: {
      const double number = as_double();
      if (const auto whole = as_int64(number)) return mix(1, static_cast<std::uint64_t>(*whole));
      return mix(2, std::hash<double>{}(number));
    }
    case Kind::String:
      return mix(3, hash_text(as_string()));
    case Kind::List: {
      std::uint64_t seed = 4;
      for (const Value& item : as_list()) seed = mix(seed, item.hash());
      return seed;
    }
    case Kind::Map: {
      std::uint64_t sum = 5;  // commutative: maps are equal in any order
      for (const auto& entry : as_map()) sum += mix(hash_text(entry.key), entry.value.hash());
      return sum;
    }
    default:
      return static_cast<std::uint64_t>(kind_);
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

Map::Map(std::initializer_list<std::pair<std::string_view, Value>> entries) {
  entries_.reserve(entries.size());
  for (const auto& [key, value] : entries) set(std::string(key), value);
}

namespace {
constexpr std::size_t kIndexFrom = 12;  // a smaller map is searched faster in line
constexpr std::uint32_t kFree = 0xffffffff;
}  // namespace

std::size_t Map::index_of(std::string_view key, Value::Kind kind) const noexcept {
  if (slots_.empty()) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].key == key && entries_[i].key_kind == kind) return i;
    return kNone;
  }
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash_text(key) & mask; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.key == key && entry.key_kind == kind) return slots_[slot];
  }
  return kNone;
}

const Value* Map::find(std::string_view key, Value::Kind kind) const noexcept {
  const std::size_t index = index_of(key, kind);
  return index == kNone ? nullptr : &entries_[index].value;
}

std::size_t Map::set(std::string key, Value value, Value::Kind key_kind) {
  const std::size_t index = index_of(key, key_kind);
  if (index != kNone) {
    entries_[index].value = std::move(value);
    return index;
  }
  entries_.push_back({std::move(key), std::move(value), key_kind});
  if (entries_.size() >= kIndexFrom) {
    if (entries_.size() * 2 > slots_.size())
      rebuild_index();
    else
      index_entry(entries_.size() - 1);
  }
  return entries_.size() - 1;
}

bool Map::erase(std::string_view key) {
  const std::size_t index = index_of(key, Value::Kind::String);
  if (index == kNone) return false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
  rebuild_index();
  return true;
}

void Map::index_entry(std::size_t position) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_text(entries_[position].key) & mask;
  while (slots_[slot] != kFree) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(position);
}

void Map::rebuild_index() {
  slots_.clear();
  if (entries_.size() < kIndexFrom) return;
  std::size_t size = 32;
  while (size < entries_.size() * 4) size *= 2;
  slots_.assign(size, kFree);
  for (std::size_t i = 0; i < entries_.size(); ++i) index_entry(i);
}

}  // namespace heat
