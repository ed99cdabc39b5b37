#pragma once

#include <string>

#include "cloud/session.h"

namespace heat {

/// True for 32 hexadecimal digits with or without dashes.
bool looks_like_uuid(std::string_view text) noexcept;

/// What Session::find_id promises, asked anew each time.
Task<std::string> find_id(Session& session, Finder finder, std::string name_or_id);

}  // namespace heat
