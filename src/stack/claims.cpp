#include "stack/claims.h"

#include <functional>
#include <utility>

namespace heat {

Task<Semaphore::Permit> Claims::turn(std::string looks) {
  std::erase_if(turns_, [](const auto& turn) {
    return turn.second.in_use() == 0 && turn.second.waiting() == 0;
  });
  Semaphore& turn = turns_.try_emplace(std::move(looks), loop_, 1).first->second;
  co_return co_await turn.acquire();
}

Task<bool> Claims::is_preceded(std::string resource_id, std::string step) {
  return store_.is_preceded(std::move(resource_id), std::move(step));
}

std::int64_t Claims::number(const std::string& looks) {
  return static_cast<std::int64_t>(std::hash<std::string>()(looks));
}

Task<bool> Claims::is_claimed(std::string physical_id, std::string resource_id) {
  return store_.is_claimed(std::move(physical_id), std::move(resource_id));
}

}  // namespace heat
