#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace heat {

/// One assignment of a configuration file, its continuation lines joined by newlines.
struct IniEntry {
  std::string group;
  std::string name;
  std::string value;
  Position position;
};

/// Reads the format of oslo.config: "[group]", "name = value" or "name: value", values in quotes,
/// lines that go on when indented, comments with "#" and ";". Later entries override earlier ones.
/// Throws Error{ValueError} with the position.
std::vector<IniEntry> read_ini(std::string_view text, const std::string& file);

}  // namespace heat
