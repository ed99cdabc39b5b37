#include "base/memory.h"

#include <malloc.h>

#include <cstddef>

namespace heat {

void give_memory_back() {
  constexpr std::size_t kMuch = 16 << 20;
  if (mallinfo2().fordblks > kMuch) malloc_trim(0);
}

}  // namespace heat
