#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "template/kinds.h"

namespace heat {

/// What a function takes and gives, as far as its name tells.
struct Signature {
  std::string_view function;
  Kinds gives;
  std::vector<Kinds> items = {};  ///< of its argument where that is a list; the last one repeats
  std::vector<std::pair<std::string_view, Kinds>> members = {};  ///< … where it is a map
};

/// Null for a function of which nothing is known before it is carried out.
const Signature* signature_of(std::string_view function);

}  // namespace heat
