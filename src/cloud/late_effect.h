#pragma once

#include <functional>
#include <optional>

#include "async/loop.h"
#include "async/task.h"
#include "base/value.h"

namespace heat {

/// What a request has made whose answer was lost, or whose asker was killed: `look` may find it at
/// once, or later, for a service may still be at it. Nothing once nothing can come any more, after
/// eight seconds. It can't be cancelled: what comes late would belong to nobody.
Task<std::optional<Value>> late_effect(Loop& loop,
                                       std::function<Task<std::optional<Value>>()> look);

}  // namespace heat
