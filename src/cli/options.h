#pragma once

#include <string>
#include <vector>

#include "cli/table.h"

namespace heat {
class Registry;
}

namespace heat::cli {

/// What stood on the command line. Each command reads the members that its options fill.
struct Options {
  std::vector<std::string> arguments;  ///< positional: a stack, a resource, a type …
  std::string cloud;                   ///< of clouds.yaml; empty: OS_CLOUD, or the OS_* variables
  Format format = Format::Table;

  std::string template_file;
  std::vector<std::string> environment_files;
  std::vector<std::string> parameters;       ///< "name=value"
  std::vector<std::string> parameter_files;  ///< "name=file"
  std::string tags;
  int timeout = 0;  ///< minutes; 0: the server's
  bool enable_rollback = false;
  bool existing = false;  ///< keep what the update does not mention
  bool wait = false;
  bool offline = false;
  bool with_resources = false;
  bool with_graph = false;
  bool with_description = false;
  bool nested = false;
  int nested_depth = 0;
  int limit = 0;
  std::string marker;
  std::vector<std::string> filters;  ///< "key=value"

  void (*add_types)(Registry& registry) = nullptr;  ///< the built-in types, for --offline
};

}  // namespace heat::cli
