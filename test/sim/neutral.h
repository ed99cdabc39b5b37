#pragma once

#include <map>
#include <string>

#include "base/value.h"

namespace heat {

/// Text without what differs from run to run: ids become what `labels` calls them, the random ends
/// of physical names and the last parts of addresses become stars.
std::string neutral_text(const std::string& text, const std::map<std::string, std::string>& labels);

/// The same for all texts in a value; members that tell of times or chance are left out.
Value neutral(const Value& value, const std::map<std::string, std::string>& labels);

}  // namespace heat
