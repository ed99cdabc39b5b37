#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heat {

/// Where a value and its parts stood, counted from 1. The marks of a container's members lie side
/// by side, in their order; a part that an alias repeats is marked once.
struct Mark {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t first = 0;  ///< place of the first member's mark
  std::uint32_t members = 0;
};

class MarkTree {
 public:
  /// Begins a container; give the result to `set` and `close`.
  std::size_t open() const { return open_.size(); }
  /// Marks member `place` of the innermost open container; places come in order, or again.
  void set(std::size_t opened, std::size_t place, Mark mark) {
    if (opened + place == open_.size())
      open_.push_back(mark);
    else
      open_[opened + place] = mark;
  }
  /// Ends the container: `mark` gets its members.
  void close(std::size_t opened, Mark& mark) {
    const auto from = open_.begin() + static_cast<std::ptrdiff_t>(opened);
    mark.first = static_cast<std::uint32_t>(closed_.size());
    mark.members = static_cast<std::uint32_t>(open_.end() - from);
    closed_.insert(closed_.end(), from, open_.end());
    open_.erase(from, open_.end());
  }

  void set_root(Mark mark) { root_ = mark; }
  Mark root() const { return root_; }
  Mark member(const Mark& of, std::size_t place) const { return closed_[of.first + place]; }

 private:
  std::vector<Mark> open_, closed_;
  Mark root_;
};

}  // namespace heat
