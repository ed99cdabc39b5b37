#pragma once

#include <string>
#include <vector>

#include "base/value.h"

namespace heat {

/// What lives.yaml tells of the resources of one type.
struct Life {
  std::string name;
  Map resources;        ///< with those beside them
  Map changed;          ///< after an update; empty: it can only be made anew, which others show
  bool returns = true;  ///< whether the cloud can take the change back
};

std::vector<Life> lives();

/// A template of these resources.
std::string template_of(const Map& resources);
/// With one more, which fails once all others are done.
std::string failing_template_of(Map resources);

}  // namespace heat
