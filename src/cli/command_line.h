#pragma once

#include <functional>
#include <string>
#include <vector>

namespace heat {
class Registry;
}

namespace heat::cli {

/// A command that main adds: a server. It gets what stands behind its name.
struct Program {
  std::string name;
  std::string summary;
  std::function<int(const std::vector<std::string>& arguments)> run;
};

/// Reads the command line, runs the command, and gives the exit code of the process. `add_types`
/// knows the built-in resource types, for --offline.
int run_command_line(int argc, const char* const* argv, const std::vector<Program>& programs,
                     void (*add_types)(Registry& registry));

}  // namespace heat::cli
