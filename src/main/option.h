#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "main/settings.h"

namespace heat {

/// One option of heat.conf: its name, the member of a Settings it sets (whose value before is the
/// default), what it means, and what it accepts.
struct Option {
  using Target = std::variant<std::string*, int*, bool*, std::vector<std::string>*>;

  std::string group;
  std::string name;
  Target target;
  std::string doc;
  std::vector<std::string> choices = {};  ///< empty: any text
  int min = -1;                           ///< of a number
  int max = 2'000'000'000;

  /// Throws Error{ValueError} that says what is accepted.
  void set(const std::string& text) const;
  std::string text() const;  ///< as it would be written
  std::string type() const;
};

/// All options, setting the members of `settings`.
std::vector<Option> options(Settings& settings);

}  // namespace heat
