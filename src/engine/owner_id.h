#pragma once

#include <sys/types.h>

#include <string>

#include "base/random.h"

namespace heat {

/// The name by which a worker of this process owns trees: host, boot, process id space, process and
/// when that began, then what tells it from the process's other workers. So whoever shares the host
/// sees whether an owner still lives.
std::string new_owner_id(const std::string& host, Random& random);
/// The same for any process that is alive.
std::string owner_id_of(pid_t process, const std::string& host, const std::string& worker);

/// What tells an owner from the other workers of its process: a uuid.
std::string worker_of(const std::string& owner);

/// True where the owner's process was one of this host and is certainly gone. False where that
/// can't be told from here: its lease tells.
bool is_dead(const std::string& owner);

}  // namespace heat
