#pragma once

#include <string>
#include <vector>

namespace heat {

/// heat serve, also heat-all: API and engine. Gives the exit code.
int serve_program(const std::vector<std::string>& arguments);

}  // namespace heat
