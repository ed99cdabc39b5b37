#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/value.h"

namespace heat::yaql {

class Context;
class Regex;
class Sequence;
class Dict;
class ItemList;
struct ItemSet;
struct Ordering;
struct Rule;

/// A moment: the local clock in microseconds since 1970, and how far it is ahead of UTC.
struct DateTime {
  std::int64_t local = 0;
  std::int64_t offset = 0;
  std::int64_t utc() const { return local - offset; }
};

struct TimeSpan {
  std::int64_t micros = 0;
};

/// A live part of a map: its keys, values or pairs.
struct View {
  enum class Of { Keys, Values, Items } of;
  std::shared_ptr<const Dict> dict;
};

/// An argument that was left out.
struct Absent {};

/// A value during the evaluation of yaql: a scalar (a Value that is no list or map), or what only
/// expressions have. Immutable but for lazy sequences, which are consumed; cheap to copy.
class Item {
 public:
  enum class Kind {
    Scalar,
    List,
    Dict,
    Set,
    View,
    DateTime,
    TimeSpan,
    Sequence,
    Ordering,
    Regex,
    Context,
    Rule,
    Absent
  };

  Item() = default;
  Item(Value scalar) : content_(std::move(scalar)) {}
  Item(bool b) : content_(Value(b)) {}
  Item(int i) : content_(Value(i)) {}
  Item(std::int64_t i) : content_(Value(i)) {}
  Item(double d) : content_(Value(d)) {}
  Item(std::string s) : content_(Value(std::move(s))) {}
  Item(const char* s) : content_(Value(s)) {}
  Item(const void*) = delete;
  Item(std::shared_ptr<const ItemList> list) : content_(std::move(list)) {}
  Item(std::shared_ptr<const Dict> dict) : content_(std::move(dict)) {}
  Item(std::shared_ptr<const ItemSet> set) : content_(std::move(set)) {}
  Item(View view) : content_(std::move(view)) {}
  Item(DateTime moment) : content_(moment) {}
  Item(TimeSpan span) : content_(span) {}
  Item(std::shared_ptr<Sequence> sequence) : content_(std::move(sequence)) {}
  Item(std::shared_ptr<const Ordering> ordering) : content_(std::move(ordering)) {}
  Item(std::shared_ptr<const Regex> regex) : content_(std::move(regex)) {}
  Item(std::shared_ptr<Context> context) : content_(std::move(context)) {}
  Item(std::shared_ptr<const Rule> rule) : content_(std::move(rule)) {}
  Item(Absent) : content_(Absent{}) {}

  Kind kind() const { return static_cast<Kind>(content_.index()); }
  bool is(Kind kind) const { return this->kind() == kind; }
  bool is_absent() const { return is(Kind::Absent); }
  bool is_null() const { return is(Kind::Scalar) && scalar().is_null(); }
  bool is_string() const { return is(Kind::Scalar) && scalar().is_string(); }
  bool is_bool() const { return is(Kind::Scalar) && scalar().is_bool(); }
  bool is_integer() const { return is(Kind::Scalar) && scalar().is_integer(); }
  bool is_number() const { return is(Kind::Scalar) && scalar().is_number(); }

  const Value& scalar() const { return std::get<Value>(content_); }
  const std::string& text() const { return scalar().as_string(); }
  const ItemList& list() const { return *std::get<1>(content_); }
  const std::shared_ptr<const Dict>& dict() const { return std::get<2>(content_); }
  const ItemSet& set() const { return *std::get<3>(content_); }
  const View& view() const { return std::get<View>(content_); }
  const DateTime& moment() const { return std::get<DateTime>(content_); }
  const TimeSpan& span() const { return std::get<TimeSpan>(content_); }
  const std::shared_ptr<Sequence>& sequence() const { return std::get<7>(content_); }
  const std::shared_ptr<const Ordering>& ordering() const { return std::get<8>(content_); }
  const Regex& regex() const { return *std::get<9>(content_); }
  const std::shared_ptr<Context>& context() const { return std::get<10>(content_); }
  const Rule& rule() const { return *std::get<11>(content_); }

  /// Python's truth: null, false, zero and what is empty are false.
  bool truthy() const;
  /// How deep the expression has nested the item; bounded, so that nothing recurses without end.
  /// What a value brings along does not count: its depth is bounded where it comes from.
  int depth() const;
  friend bool operator==(const Item& a, const Item& b);

 private:
  std::variant<Value, std::shared_ptr<const ItemList>, std::shared_ptr<const Dict>,
               std::shared_ptr<const ItemSet>, View, DateTime, TimeSpan, std::shared_ptr<Sequence>,
               std::shared_ptr<const Ordering>, std::shared_ptr<const Regex>,
               std::shared_ptr<Context>, std::shared_ptr<const Rule>, Absent>
      content_;
};

using Items = std::vector<Item>;

/// Of what can be a key or be in a set; throws Failure{WrongType} for the rest.
std::size_t hash(const Item& item);

struct Hash {
  std::size_t operator()(const Item& item) const { return hash(item); }
};

/// Python's tuples and lists. They differ: only tuples can be keys, and (1,) is not [1]. One that
/// is made of a Value takes its items from there when they are first looked at.
class ItemList {
 public:
  ItemList(Items items, bool is_tuple);
  explicit ItemList(Value list);  ///< a tuple

  const Items& items() const;
  std::size_t size() const { return source_.is_list() ? source_.as_list().size() : items_.size(); }
  bool is_tuple() const { return tuple_; }
  int depth() const { return depth_; }
  const Value& source() const { return source_; }  ///< what it was made of, or null

 private:
  Value source_;
  mutable Items items_;
  int depth_ = 1;
  bool tuple_ = true;
};

/// Insertion-ordered map with any keys. One that is made of a Value takes its entries from there
/// when all of them are first looked at.
class Dict {
 public:
  using Entries = std::vector<std::pair<Item, Item>>;

  Dict() = default;
  explicit Dict(Value map) : source_(std::move(map)) {}

  void set(const Item& key, Item value);
  std::optional<Item> find(const Item& key) const;
  std::optional<Item> member(std::string_view name) const;  ///< of a key that is a string
  const Entries& entries() const;
  std::size_t size() const { return source_.is_map() ? source_.as_map().size() : entries_.size(); }
  int depth() const { return depth_; }
  const Value& source() const { return source_; }  ///< what it was made of, or null

  bool frozen = true;  ///< may be a key itself

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t index_of(const Item& key) const;
  void append(Item key, Item value) const;

  Value source_;
  mutable Entries entries_;
  mutable std::unordered_map<Item, std::size_t, Hash> index_;  // empty while the map is small
  int depth_ = 1;
};

/// A set that keeps the order of insertion.
struct ItemSet {
  /// Whether it was not there yet.
  bool add(const Item& item);
  bool contains(const Item& item) const { return index_.contains(item); }
  Items items;
  int depth = 1;

 private:
  std::unordered_map<Item, std::size_t, Hash> index_;
};

/// `a => b` as an argument.
struct Rule {
  Item key, value;
};

Item tuple(Items items);
Item list(Items items);  ///< not hashable
Item dict(Dict entries);

/// What an expression sees of a value. Lists become tuples; takes no time, however large.
Item from_value(const Value& value);
/// For what comes back: sets become lists, moments text, spans seconds. Throws Failure{WrongType}
/// for what has no such form, like a regular expression.
Value to_value(const Item& item);

std::string to_str(const Item& item);   ///< as Python's str()
std::string to_repr(const Item& item);  ///< as Python's repr()
/// For messages: of bounded length.
std::string shown(const Item& item);

}  // namespace heat::yaql
