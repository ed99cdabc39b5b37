#include "twin/faults.h"

namespace heat {

void TwinFaults::plan(TwinFault fault) { planned_.push_back({std::move(fault)}); }

std::optional<TwinFault> TwinFaults::next(std::string_view request) {
  std::optional<TwinFault> met;
  for (Planned& planned : planned_) {
    const TwinFault& fault = planned.fault;
    if (!request.starts_with(fault.about)) continue;
    ++planned.seen;
    if (!met && planned.seen >= fault.at && planned.seen - fault.at < fault.times) met = fault;
  }
  std::erase_if(planned_, [](const Planned& planned) {
    return planned.seen + 1 >= planned.fault.at + planned.fault.times;
  });
  return met;
}

}  // namespace heat
