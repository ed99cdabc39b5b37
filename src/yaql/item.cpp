#include "yaql/item.h"

#include <algorithm>

#include "text/write.h"
#include "yaql/context.h"
#include "yaql/failure.h"
#include "yaql/numbers.h"
#include "yaql/regex.h"
#include "yaql/sequence.h"

namespace heat::yaql {

namespace {

constexpr int kDeepest = 200;
constexpr std::size_t kSmall = 8;

int nested(int depth) {
  if (depth > kDeepest)
    throw Failure(Reason::TooMuchWork,
                  "Values are nested more than " + std::to_string(kDeepest) + " deep.");
  return depth;
}

int deepest(const Items& items) {
  int depth = 0;
  for (const Item& item : items) depth = std::max(depth, item.depth());
  return depth;
}

Item key_of(const Map::Entry& entry) {
  switch (entry.key_kind) {
    case Value::Kind::Null:
      return Item();
    case Value::Kind::Bool:
      return Item(entry.key == "True");
    case Value::Kind::Int:
    case Value::Kind::BigInt:
      return Item(Value::integer(entry.key));
    case Value::Kind::Double:
      return Item(to_float(entry.key));
    default:
      return Item(entry.key);
  }
}

std::size_t mix(std::size_t a, std::size_t b) { return (a ^ b) * 0x9E3779B97F4A7C15ULL + 1; }

bool equal(const Dict& a, const Dict& b) {
  if (a.size() != b.size()) return false;
  return std::ranges::all_of(a.entries(), [&](const auto& entry) {
    const auto other = b.find(entry.first);
    return other && *other == entry.second;
  });
}

bool equal(const ItemSet& a, const ItemSet& b) {
  return a.items.size() == b.items.size() &&
         std::ranges::all_of(a.items, [&](const Item& item) { return b.contains(item); });
}

}  // namespace

bool operator==(const Item& a, const Item& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Item::Kind::Scalar:
      return a.scalar() == b.scalar();
    case Item::Kind::List:
      return a.list().is_tuple() == b.list().is_tuple() && a.list().items() == b.list().items();
    case Item::Kind::Dict:
      return equal(*a.dict(), *b.dict());
    case Item::Kind::Set:
      return equal(a.set(), b.set());
    case Item::Kind::View:
      return a.view().of == b.view().of && a.view().of != View::Of::Values &&
             equal(*a.view().dict, *b.view().dict);
    case Item::Kind::DateTime:
      return a.moment().utc() == b.moment().utc();
    case Item::Kind::TimeSpan:
      return a.span().micros == b.span().micros;
    case Item::Kind::Sequence:
      return a.sequence() == b.sequence();
    case Item::Kind::Ordering:
      return a.ordering() == b.ordering();
    case Item::Kind::Regex:
      return a.regex() == b.regex();
    case Item::Kind::Context:
      return a.context() == b.context();
    case Item::Kind::Rule:
      return &a.rule() == &b.rule();
    case Item::Kind::Absent:
      return true;
  }
  return false;
}

bool Item::truthy() const {
  switch (kind()) {
    case Kind::Scalar:
      return scalar().truthy();
    case Kind::List:
      return list().size() > 0;
    case Kind::Dict:
      return dict()->size() > 0;
    case Kind::Set:
      return !set().items.empty();
    case Kind::View:
      return view().dict->size() > 0;
    case Kind::TimeSpan:
      return span().micros != 0;
    default:
      return true;
  }
}

int Item::depth() const {
  switch (kind()) {
    case Kind::List:
      return list().depth();
    case Kind::Dict:
      return dict()->depth();
    case Kind::Set:
      return set().depth;
    case Kind::View:
      return view().dict->depth();
    case Kind::Sequence:
      return sequence()->depth();
    case Kind::Ordering:
      return ordering()->depth;
    case Kind::Context:
      return context()->depth();
    case Kind::Rule:
      return 1 + std::max(rule().key.depth(), rule().value.depth());
    default:
      return 0;
  }
}

std::size_t hash(const Item& item) {
  std::size_t sum = static_cast<std::size_t>(item.kind());
  switch (item.kind()) {
    case Item::Kind::Scalar:
      return item.scalar().hash();
    case Item::Kind::List:
      if (!item.list().is_tuple()) break;
      for (const Item& each : item.list().items()) sum = mix(sum, hash(each));
      return sum;
    case Item::Kind::Dict:
      if (!item.dict()->frozen) break;
      for (const auto& [key, value] : item.dict()->entries()) sum += mix(hash(key), hash(value));
      return sum;
    case Item::Kind::Set:
      for (const Item& each : item.set().items) sum += mix(1, hash(each));
      return sum;
    case Item::Kind::DateTime:
      return mix(sum, static_cast<std::size_t>(item.moment().utc()));
    case Item::Kind::TimeSpan:
      return mix(sum, static_cast<std::size_t>(item.span().micros));
    case Item::Kind::Sequence:
      return mix(sum, reinterpret_cast<std::size_t>(item.sequence().get()));
    case Item::Kind::View:
      break;
    default:
      return sum;
  }
  throw Failure(Reason::WrongType, "A " + std::string(item.is(Item::Kind::Dict) ? "map" : "list") +
                                       " can't be a key or in a set: " + shown(item) + ".");
}

ItemList::ItemList(Items all, bool is_tuple)
    : items_(std::move(all)), depth_(nested(1 + deepest(items_))), tuple_(is_tuple) {}

ItemList::ItemList(Value list) : source_(std::move(list)) {}

const Items& ItemList::items() const {
  if (items_.size() < size()) {
    items_.reserve(size());
    for (const Value& each : source_.as_list()) items_.push_back(from_value(each));
  }
  return items_;
}

std::size_t Dict::index_of(const Item& key) const {
  if (index_.empty()) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].first == key) return i;
    return kNone;
  }
  const auto found = index_.find(key);
  return found == index_.end() ? kNone : found->second;
}

void Dict::append(Item key, Item value) const {
  entries_.emplace_back(std::move(key), std::move(value));
  if (entries_.size() == kSmall + 1)
    for (std::size_t i = 0; i < entries_.size(); ++i) index_.emplace(entries_[i].first, i);
  else if (entries_.size() > kSmall)
    index_.emplace(entries_.back().first, entries_.size() - 1);
}

const Dict::Entries& Dict::entries() const {
  if (entries_.size() < size()) {
    entries_.reserve(size());
    for (const Map::Entry& entry : source_.as_map()) append(key_of(entry), from_value(entry.value));
  }
  return entries_;
}

void Dict::set(const Item& key, Item value) {
  if (!key.is(Item::Kind::Scalar)) hash(key);  // refuses what is no key
  entries();
  depth_ = std::max(depth_, nested(1 + std::max(key.depth(), value.depth())));
  source_ = Value();
  const std::size_t found = index_of(key);
  if (found != kNone)
    entries_[found].second = std::move(value);
  else
    append(key, std::move(value));
}

std::optional<Item> Dict::find(const Item& key) const {
  if (key.is_string()) return member(key.text());
  if (!key.is(Item::Kind::Scalar)) hash(key);
  entries();
  const std::size_t found = index_of(key);
  if (found == kNone) return std::nullopt;
  return entries_[found].second;
}

std::optional<Item> Dict::member(std::string_view name) const {
  if (source_.is_map()) {
    const Value* value = source_.find(name);
    if (!value) return std::nullopt;
    return from_value(*value);
  }
  const std::size_t found = index_of(Item(std::string(name)));
  if (found == kNone) return std::nullopt;
  return entries_[found].second;
}

bool ItemSet::add(const Item& item) {
  if (!index_.emplace(item, items.size()).second) return false;
  depth = std::max(depth, nested(1 + item.depth()));
  items.push_back(item);
  return true;
}

Item from_value(const Value& value) {
  if (value.is_list()) return std::make_shared<const ItemList>(value);
  if (value.is_map()) return std::make_shared<const Dict>(value);
  return value;
}

Item tuple(Items items) { return std::make_shared<const ItemList>(std::move(items), true); }
Item list(Items items) { return std::make_shared<const ItemList>(std::move(items), false); }
Item dict(Dict entries) { return std::make_shared<const Dict>(std::move(entries)); }

}  // namespace heat::yaql
