#pragma once

#include <source_location>
#include <string_view>

namespace heat {

/// Ends the process with a message and the place: a condition that only our own bug can break.
[[noreturn]] void check_failed(std::string_view what, std::source_location where);

/// An assertion that is always on. Never for input: that gets an Error.
inline void check(bool holds, std::string_view what,
                  std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    check_failed(what, where);
}

}  // namespace heat
