#pragma once

#include <string>

#include "cli/client.h"

namespace heat::cli {

/// Shows the progress of a stack until it rests. True where it ended COMPLETE with the action asked
/// for, "CREATE", "UPDATE" or "DELETE" (a roll-back is a failure); what failed is told on stderr.
bool follow(Client& client, const std::string& stack_path, const std::string& action);

}  // namespace heat::cli
