#pragma once

#include <set>
#include <string>
#include <vector>

namespace heat::corpus {

/// The checked-in list of differences from the recorded verdicts that are meant: one a line,
/// "DEPTH PATTERN: REASON"; '#' begins a comment. A reason that begins with "not judged" takes
/// what fits out of the comparison altogether.
class Differences {
 public:
  explicit Differences(const std::string& file);

  /// Whether the files named so are not judged at this depth ("stack" of a whole stack).
  bool skips(const std::string& depth, const std::string& name);
  /// Whether the difference found there is explained.
  bool explains(const std::string& depth, const std::string& name);
  /// Lines that nothing has fitted: what they explain is no more.
  std::vector<std::string> unused() const;

 private:
  struct Entry {
    std::string depth, pattern, reason;
    bool skip = false;
    int uses = 0;
  };
  Entry* fitting(const std::string& depth, const std::string& name, bool skip);

  std::vector<Entry> entries_;
};

}  // namespace heat::corpus
