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

  /// Makes a copy; true in the copy, which can be copied in turn. `name` says what it is for.
  bool branch(const std::string& name);
  /// Of how many copies this is the latest; 0: it is the original.
  std::size_t depth() const { return depth_; }
  /// The end of a copy, once its own copies have ended.
  [[noreturn]] void leave(const std::string& text);
  /// What the copies and theirs have left, in the order they were made; of one that broke, how.
  std::vector<Left> collect();

 private:
  struct Running {
    std::string name;
    pid_t process;
    int pipe;
  };
  void collect_first();
  /// How many copies may run at a time: copies make theirs one by one.
  std::size_t width() const;

  std::vector<Running> running_;
  std::vector<Left> left_;
  std::size_t depth_ = 0;
  int end_ = -1;  // in a copy: where its text goes
};

}  // namespace heat
