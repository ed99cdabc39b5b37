#include "cloud/late_effect.h"

#include <algorithm>

#include "async/cancel.h"
#include "async/wait.h"

namespace heat {

Task<std::optional<Value>> late_effect(Loop& loop,
                                       std::function<Task<std::optional<Value>>()> look) {
  const Time end = loop.now() + std::chrono::seconds(8);
  for (Duration pause = std::chrono::milliseconds(200);; pause *= 2) {
    if (auto found = co_await look()) co_return found;
    if (loop.now() >= end) co_return std::nullopt;
    co_await sleep_for(loop, std::min(pause, end - loop.now()), Cancel());
  }
}

}  // namespace heat
