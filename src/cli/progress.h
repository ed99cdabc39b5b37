#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/value.h"

namespace heat::cli {

/// A stack while it changes, for a person who waits: on a terminal a tree that is drawn over
/// itself, else one line a change. Knows nothing of servers: it is fed what they say.
class Progress {
 public:
  /// How the tree is drawn.
  struct Screen {
    bool terminal = false;
    bool colour = false;
    std::size_t width = 80;
    std::size_t height = 24;
    static Screen of(std::FILE* file);
  };

  explicit Progress(Screen screen) : screen_(screen) {}

  /// What to write next: `stack` and `resources` as the API shows them, `elapsed` since the
  /// beginning.
  std::string update(const Value& stack, const Value& resources, Duration elapsed);

 private:
  struct Row {
    std::string name, type, status;
    Duration begun{};
    Duration ended{};      ///< 0: in progress
    bool touched = false;  ///< changed since the beginning
  };

  void note(const Value& resources, Duration elapsed, std::vector<std::string>& changes);
  void note_gone(const Value& resources, Duration elapsed, std::vector<std::string>& changes);
  std::string tree(const Value& stack, Duration elapsed);
  std::string line(const Row& row, bool last, Duration elapsed) const;
  std::string painted(std::string_view text, std::string_view status) const;

  Screen screen_;
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> index_;
  std::string stack_status_;
  Duration last_look_{};   ///< what changed since then, began then at the earliest
  std::size_t drawn_ = 0;  ///< lines to go back over
  int frame_ = 0;
};

/// "0.4 s", "1 min 20 s"
std::string told(Duration time);

}  // namespace heat::cli
