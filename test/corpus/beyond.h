#pragma once

#include <string>
#include <vector>

#include "resource/resource_type.h"

namespace heat::corpus {

/// What the whole examination finds in a template that the original let pass at every depth, apart
/// from what a file can't have alone: other files, types of its own, templates as types. Each must
/// be true: these are what to look at a sample of.
std::vector<std::string> findings_beyond(const std::string& text, const std::string& name,
                                         const Registry& registry);

}  // namespace heat::corpus
