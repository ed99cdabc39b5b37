#pragma once

#include <string>
#include <vector>

namespace heat {

// What the executable is beside a client. Each takes what stands behind its name and gives the exit
// code; what goes wrong is thrown as Error.

/// heat serve, also heat-all: API and engine.
int serve_program(const std::vector<std::string>& arguments);
/// heat manage, also heat-manage: what an operator does to the database.
int manage_program(const std::vector<std::string>& arguments);
/// heat config: what may stand in heat.conf, and whether what stands there is right.
int config_program(const std::vector<std::string>& arguments);

}  // namespace heat
