#include "base/memory.h"

#ifdef HEAT_MIMALLOC
#include <mimalloc.h>
#endif

namespace heat {

void give_memory_back() {
#ifdef HEAT_MIMALLOC
  mi_collect(true);
#endif
}

}  // namespace heat
