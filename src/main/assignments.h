#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "main/ini_file.h"
#include "main/option.h"

namespace heat {

/// What a configuration file and the environment over it say of options.
class Assignments {
 public:
  /// All three must outlive it. What names no option is logged as a warning.
  Assignments(const std::vector<Option>& options, const std::vector<IniEntry>& entries,
              const Variables& environment);

  /// Gives the option what is said of it; false where nothing is. Throws Error with the place.
  bool apply(const Option& option) const;

 private:
  using Key = std::pair<std::string, std::string>;  // group and name

  const Option* find(const Key& key) const;
  std::string resolved(const Key& key, int depth) const;
  std::string filled_in(const IniEntry& entry, int depth) const;
  std::string other(const IniEntry& entry, const std::string& reference, int depth) const;
  void warn(const IniEntry& entry);
  void warn(const std::string& variable) const;

  const std::vector<Option>& options_;
  std::map<Key, const IniEntry*> entries_;
  std::map<Key, Variables::const_iterator> variables_;
  std::set<std::string> warned_;
};

}  // namespace heat
