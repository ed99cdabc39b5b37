#pragma once

#include <functional>
#include <string>

#include "base/diagnostics.h"
#include "base/error.h"
#include "text/document.h"

namespace heat::cli {

/// Runs a command, tells on stderr what went wrong, and gives the exit code.
int reporting(const std::function<int()>& run);

/// A problem as a person wants to see it: the message, then the line with a caret under its place.
/// `document` is where the position lies; null shows the place without the line.
std::string told(const Diagnostic& problem, const Document* document);

/// The same for a byte in a text of one's own, such as an expression on the command line.
std::string told(const std::string& message, std::string_view text, std::size_t at);

/// The same for what a server says: each line of its message that begins with a path
/// ("resources.web.properties.flavor: …") is shown at its place in `document`.
std::string told(const std::string& message, const Document& document);

/// "resources.web.properties.networks[0]: text" taken apart; the path is empty where it has none.
std::pair<Path, std::string> split_path(const std::string& message);

}  // namespace heat::cli
