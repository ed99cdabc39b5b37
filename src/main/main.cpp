#include "cli/command_line.h"
#include "types/types.h"

namespace {

void add_types(heat::Registry& registry) { heat::register_types(registry, {}); }

}  // namespace

int main(int argc, char** argv) { return heat::cli::run_command_line(argc, argv, {}, add_types); }
