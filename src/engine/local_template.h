#pragma once

#include <cstddef>
#include <string>

namespace heat {

/// The text of a file of this machine that the operator's environments name (file:///…). Throws
/// Error{NotFound} where it can't be read or has more than `bytes`.
std::string read_local_template(const std::string& url, std::size_t bytes);

}  // namespace heat
