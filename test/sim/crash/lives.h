#pragma once

#include <string>
#include <vector>

namespace heat {

/// Resources of one type, beside a network `net` with a `subnet`, joined to the outside by a
/// `router` and its `leg`.
struct Life {
  std::string type;
  std::string resources;
  std::string changed{};  ///< by an update; empty: it can only be made anew, which others show
  bool returns = true;    ///< whether the cloud can take the change back
};

std::vector<Life> lives();

}  // namespace heat
