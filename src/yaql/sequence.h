#pragma once

#include <optional>

#include "yaql/budget.h"
#include "yaql/item.h"

namespace heat::yaql {

/// A lazy sequence: gives each item once.
class Sequence {
 public:
  Sequence(Budget& budget, int depth);
  virtual ~Sequence() = default;
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;

  /// The next item; nothing at the end.
  std::optional<Item> next();
  /// Where iterating over it begins: itself, but for one that remembers.
  virtual std::shared_ptr<Sequence> iterate() { return nullptr; }
  int depth() const { return depth_; }
  Budget& budget() const { return budget_; }

 protected:
  virtual std::optional<Item> produce() = 0;

 private:
  Budget& budget_;
  int depth_;
};

/// A sequence whose items a function object gives.
template <class Produce>
class Generated final : public Sequence {
 public:
  Generated(Budget& budget, int depth, Produce produce)
      : Sequence(budget, depth), produce_(std::move(produce)) {}

 protected:
  std::optional<Item> produce() override { return produce_(); }

 private:
  Produce produce_;
};

template <class Produce>
Item generated(Budget& budget, int depth, Produce produce) {
  return std::shared_ptr<Sequence>(
      std::make_shared<Generated<Produce>>(budget, depth, std::move(produce)));
}

/// Whether an item can be iterated over; strings and maps can't here.
bool is_iterable(const Item& item);
/// Lists and sets: what knows its length.
std::optional<std::size_t> known_size(const Item& item);

/// Goes through anything with items: lists, sets, views, sequences, the characters of a string and
/// the keys of a map.
class Cursor {
 public:
  explicit Cursor(const Item& item);
  std::optional<Item> next();

 private:
  Item item_;
  std::size_t at_ = 0;
};

/// All that is left of it.
Items all_of(const Item& item);
/// At most `limit` items of a lazy one; a longer one that knows its length fails at once.
Item limited(const Item& item, Budget& budget);
/// A sequence that can be gone through again and again.
Item memorized(const Item& item, Budget& budget);

}  // namespace heat::yaql
