#pragma once

#include <span>
#include <string>
#include <string_view>

#include "yaql/item.h"

namespace heat::yaql {

/// As Python's text.format(…) with the items, for items of the kinds that yaql has. Attributes of
/// items can't be asked. Throws Failure.
std::string format(std::string_view text, std::span<const Item> arguments,
                   std::span<const std::pair<std::string, Item>> named);

}  // namespace heat::yaql
