#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace heat {

/// Copies of this process, each of which goes its own way from where it was made and leaves a text
/// behind. As many run side by side as there are cores.
class Branches {
 public:
  struct Left {
    std::string name;
    std::string text;
  };

  /// Makes a copy; true in the copy. `name` says what it is for.
  bool branch(const std::string& name);
  bool in_branch() const { return end_ >= 0; }
  /// The end of a copy.
  [[noreturn]] void leave(const std::string& text) const;
  /// What the copies have left, in the order they were made; of one that broke, how.
  std::vector<Left> collect();

 private:
  struct Running {
    std::string name;
    pid_t process;
    int pipe;
  };
  void collect_first();

  std::vector<Running> running_;
  std::vector<Left> left_;
  int end_ = -1;  // in a copy: where its text goes
};

}  // namespace heat
