#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heat::yaql {

class Item;

/// Bounds of one evaluation.
///
/// The memory quota is in units of our own: about the bytes that the original's library counts for
/// one value without what it holds (a string of n ASCII characters 49 + n, a list of n 40 + 8 n, a
/// set 16 a slot). It bounds each single argument and result. Beside that, an evaluation does a
/// bounded amount of work: one unit for a call or an item taken, one more for every 64 bytes of it.
struct Limits {
  std::int64_t items = 200;       ///< items of one collection; negative: no limit
  std::int64_t memory = 10'000;   ///< units of one value; 0 or less: no limit
  std::int64_t work = 1'000'000;  ///< units in all: a second at most
  int depth = 200;                ///< calls inside calls
  bool operator==(const Limits&) const = default;
};

/// What an evaluation has used of its limits.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  const Limits& limits() const { return limits_; }
  /// Throws Failure{TooMuchWork} when all is used.
  void work(std::int64_t units);
  /// Throws Failure{TooMuchMemory} where `units` is more than one value may have.
  void memory(std::int64_t units) const;
  /// As `memory` of the item's size, and counts it as work.
  void take(const Item& item);
  /// Throws Failure{TooManyItems}.
  void items(std::size_t count) const;

  /// One level deeper while it lives.
  class Level {
   public:
    explicit Level(Budget& budget);
    ~Level() { --budget_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Budget& budget_;
  };

 private:
  Limits limits_;
  std::int64_t used_ = 0;
  int depth_ = 0;
};

/// In units of the memory quota.
std::int64_t size_of(const Item& item);
std::int64_t size_of_text(std::string_view text);
std::int64_t size_of_set(std::size_t items);
std::int64_t size_of_map(std::size_t items);

}  // namespace heat::yaql
