#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"

namespace heat {

class Map;
class Value;
using List = std::vector<Value>;

/// A JSON-like value: immutable, shared, cheap to copy (16 bytes), safe to share between threads.
///
/// Integers beyond 64 bits survive as `BigInt` (their decimal digits). `Omitted` (an `if` without
/// an else branch) and `Unknown` (not known before something runs) exist during evaluation only;
/// they are never stored or sent.
class Value {
 public:
  enum class Kind : std::uint8_t {
    Null,
    Bool,
    Int,
    Double,
    BigInt,
    String,
    List,
    Map,
    Omitted,
    Unknown
  };

  Value() noexcept : kind_(Kind::Null) { bits_.integer = 0; }
  Value(std::nullptr_t) noexcept : Value() {}
  Value(bool b) noexcept : kind_(Kind::Bool) { bits_.integer = b; }
  Value(int i) noexcept : Value(static_cast<std::int64_t>(i)) {}
  Value(std::int64_t i) noexcept : kind_(Kind::Int) { bits_.integer = i; }
  Value(std::uint64_t) = delete;
  Value(double d) noexcept : kind_(Kind::Double) { bits_.number = d; }
  Value(std::string s);
  Value(std::string_view s) : Value(std::string(s)) {}
  Value(const char* s) : Value(std::string(s)) {}
  Value(List list);
  Value(Map map);
  Value(const void*) = delete;  // no pointer becomes a bool unseen

  /// An integer from decimal digits with an optional sign: Int where it fits, else BigInt.
  static Value integer(std::string_view digits);
  static Value omitted() noexcept { return Value(Kind::Omitted); }
  static Value unknown() noexcept { return Value(Kind::Unknown); }

  Value(const Value& other) noexcept : kind_(other.kind_), bits_(other.bits_) { retain(); }
  Value(Value&& other) noexcept : kind_(other.kind_), bits_(other.bits_) {
    other.kind_ = Kind::Null;
  }
  Value& operator=(Value other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Value() { release(); }

  Kind kind() const noexcept { return kind_; }
  bool is(Kind kind) const noexcept { return kind_ == kind; }
  bool is_null() const noexcept { return kind_ == Kind::Null; }
  bool is_bool() const noexcept { return kind_ == Kind::Bool; }
  bool is_int() const noexcept { return kind_ == Kind::Int; }
  bool is_integer() const noexcept { return kind_ == Kind::Int || kind_ == Kind::BigInt; }
  bool is_double() const noexcept { return kind_ == Kind::Double; }
  bool is_number() const noexcept { return is_integer() || is_double(); }
  bool is_string() const noexcept { return kind_ == Kind::String; }
  bool is_list() const noexcept { return kind_ == Kind::List; }
  bool is_map() const noexcept { return kind_ == Kind::Map; }

  // Each of these asserts the kind: asking for another one is a bug of the caller.
  bool as_bool() const;
  std::int64_t as_int() const;
  double as_double() const;              ///< of any number
  const std::string& as_string() const;  ///< of a String; the digits of a BigInt
  const List& as_list() const;
  const Map& as_map() const;

  /// The member of a map, or null where there is none or this is not a map.
  const Value* find(std::string_view key) const noexcept;
  /// As `find`, but a null Value where there is none: `stack["stack"]["id"]`.
  const Value& operator[](std::string_view key) const noexcept;
  const Value& operator[](std::size_t index) const noexcept;
  /// The string, or `otherwise` where this is no string.
  std::string string_or(std::string_view otherwise) const;

  /// Python's truth: null, false, zero and everything empty are false.
  bool truthy() const noexcept;

  /// Structural equality. As in Python, maps are unordered, 1 == 1.0, and True == 1.
  friend bool operator==(const Value& a, const Value& b) noexcept;

  /// A 64-bit hash of the content that agrees with ==; not for storage.
  std::uint64_t hash() const noexcept;

  /// "null", "boolean", "integer", "number", "string", "list" or "map": for messages.
  std::string_view kind_name() const noexcept;

 private:
  struct Shared {
    std::atomic<std::uint32_t> owners{1};
  };
  template <class T>
  struct Holder;
  template <class T>
  const T& content() const noexcept;

  explicit Value(Kind kind) noexcept : kind_(kind) { bits_.integer = 0; }
  bool shared() const noexcept { return kind_ >= Kind::BigInt && kind_ <= Kind::Map; }
  void retain() const noexcept {
    if (shared()) bits_.shared->owners.fetch_add(1, std::memory_order_relaxed);
  }
  void release() noexcept {
    if (shared() && last_owner()) destroy();
  }
  /// The only owner need not count down: nobody else is left who could.
  bool last_owner() const noexcept {
    return bits_.shared->owners.load(std::memory_order_acquire) == 1 ||
           bits_.shared->owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  void destroy() noexcept;

  Kind kind_;
  union {
    std::int64_t integer;
    double number;
    Shared* shared;
  } bits_;
};

/// An insertion-ordered map with string keys; setting a key that is there keeps its place.
///
/// YAML allows keys that are no strings; such an entry carries the key's kind and its text as
/// Python's str() gives it (None, True, 1, 1.5), and `find` (which looks for strings) does not see
/// it.
class Map {
 public:
  struct Entry {
    std::string key;
    Value value;
    Value::Kind key_kind = Value::Kind::String;
  };

  Map() = default;
  Map(std::initializer_list<std::pair<std::string_view, Value>> entries);

  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }
  auto begin() const noexcept { return entries_.begin(); }
  auto end() const noexcept { return entries_.end(); }
  const Entry& at_index(std::size_t index) const { return entries_.at(index); }

  const Value* find(std::string_view key, Value::Kind kind = Value::Kind::String) const noexcept;
  bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }
  /// Where it stands, as for `at_index`; nothing where there is none.
  std::optional<std::size_t> place(std::string_view key,
                                   Value::Kind kind = Value::Kind::String) const noexcept;
  /// Returns the entry's place, as for `at_index`.
  std::size_t set(std::string key, Value value, Value::Kind key_kind = Value::Kind::String);
  /// The same for a key that is known not to be there.
  void add(std::string key, Value value, Value::Kind key_kind = Value::Kind::String);
  bool erase(std::string_view key);
  void reserve(std::size_t entries) { entries_.reserve(entries); }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t index_of(std::string_view key, Value::Kind kind) const noexcept;
  void index_entry(std::size_t position);
  void rebuild_index();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // open addressing; empty while the map is small
};

template <class T>
struct Value::Holder : Shared {
  explicit Holder(T c) : content(std::move(c)) {}
  T content;
};

template <class T>
const T& Value::content() const noexcept {
  return static_cast<const Holder<T>*>(bits_.shared)->content;
}

inline const std::string& Value::as_string() const {
  check(is_string() || is(Kind::BigInt), "value is no string");
  return content<std::string>();
}

inline const List& Value::as_list() const {
  check(is_list(), "value is no list");
  return content<List>();
}

inline const Map& Value::as_map() const {
  check(is_map(), "value is no map");
  return content<Map>();
}

}  // namespace heat
