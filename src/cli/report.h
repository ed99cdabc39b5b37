#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "cli/bundle.h"

namespace heat::cli {

/// Runs a command, tells on stderr what went wrong, and gives the exit code.
int reporting(const std::function<int()>& run);

/// What a server's refusal says, as the error that it is: kind, message, and each problem by
/// itself.
Error refusal(const Value& body, int status);

/// What an error tells, each problem by itself. One without a line gets that of its path in the
/// files of `bundle`, where there are any: a server that was sent objects knows paths only.
std::vector<Diagnostic> problems_of(const Error& error, const Bundle* bundle);
/// The path of a problem or warning in a server's answer.
Path path_of(const Value& steps);

/// A problem as a person wants to see it: "error: " or what else it is, and the message; then the
/// line with a caret under its place. In colour where `colour`.
std::string told(std::string_view what, const Diagnostic& problem, bool colour);
/// Tells each on stderr, in colour on a terminal that wants it.
void tell(std::string_view what, const std::vector<Diagnostic>& problems);

/// "resources.web.properties.networks[0]: text" taken apart, as servers without a list of problems
/// write it; the path is empty where it has none.
std::pair<Path, std::string> split_path(const std::string& message);

}  // namespace heat::cli
