#pragma once

namespace heat {

/// Gives memory that this thread has freed back to the system: the allocator keeps it otherwise
/// (80 MiB after a stack of 10,000 resources). Takes milliseconds; nothing under sanitizers.
void give_memory_back();

}  // namespace heat
