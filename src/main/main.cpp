#include <cstdio>
#include <filesystem>

#include "cli/command_line.h"
#include "cli/report.h"
#include "main/programs.h"
#include "twin/twin_command.h"
#include "types/types.h"

namespace {

using Arguments = std::vector<std::string>;

void add_types(heat::Registry& registry) { heat::register_types(registry, {}); }

int serve(const Arguments& arguments) {
  return heat::cli::reporting([&] { return heat::serve_program(arguments); });
}

int manage(const Arguments& arguments) {
  return heat::cli::reporting([&] { return heat::manage_program(arguments); });
}

int config(const Arguments& arguments) {
  return heat::cli::reporting([&] { return heat::config_program(arguments); });
}

int twin(const Arguments& arguments) {
  return heat::cli::reporting([&] { return heat::run_twin(arguments); });
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<heat::cli::Program> programs = {
      {"serve", "The API and the engine in one process", serve},
      {"manage", "The database: version, purge of deleted stacks, list of workers", manage},
      {"config", "What may stand in heat.conf", config},
      {"twin", "A simulated cloud", twin},
  };
  const std::string name = std::filesystem::path(argv[0]).filename();
  if (name == "heat-api" || name == "heat-engine") {
    std::fprintf(stderr, "%s: API and engine run in one process for now: use heat-all.\n",
                 name.c_str());
    return 2;
  }
  if (name == "heat-all") return serve(Arguments(argv + 1, argv + argc));
  if (name == "heat-manage") return manage(Arguments(argv + 1, argv + argc));
  return heat::cli::run_command_line(argc, argv, programs, add_types);
}
