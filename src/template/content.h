#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "template/template.h"
#include "template/version.h"

namespace heat {

/// What a template holds once it is read.
struct Template::Content {
  Document document;
  const Version* version = nullptr;
  std::string description;
  std::vector<std::pair<std::string, ParameterSchema>> parameters;
  Value parameter_groups;
  Value mappings;  ///< as they are written: what is wrong is told where it is used
  std::vector<std::pair<std::string, Expression>> conditions;
  std::vector<ResourceDefinition> resources;
  /// Where each stands in its section; the names are the document's.
  boost::unordered_flat_map<std::string_view, std::size_t> parameter_index, resource_index;
  std::vector<OutputDefinition> outputs;
  std::set<Path> unread;  ///< what was written, but could not be understood
};

/// Reads the sections; what can't be read is left out, with a problem. Throws Error where the
/// version can't be understood.
Template::Content read_content(Document document, Diagnostics& problems);

}  // namespace heat
