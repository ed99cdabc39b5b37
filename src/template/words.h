#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/value.h"
#include "template/version.h"

namespace heat {

/// How a language spells a word of templates, given as HOT spells it: "depends_on" is "DependsOn"
/// in CloudFormation's.
std::string spelled(std::string_view word, Language language);

/// A path into the template `root` as it spells it; the house says "resources", "web", "type" of
/// every template. Steps that are there as they are stay.
Path spelled(Path path, const Value& root, Language language);

}  // namespace heat
