#include "sim/crash/moment.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace heat {

namespace {

std::string name_of(const Disturbance& disturbance) {
  using Fault = TwinFault::Kind;
  if (!disturbance) return "killed";
  switch (disturbance->kind) {
    case Fault::Unreachable:
      return "unreachable";
    case Fault::LostRequest:
      return "request lost";
    case Fault::LostAnswer:
      return "answer lost";
    case Fault::LateEffect:
      return "effect late";
    case Fault::Status:
      return "status " + std::to_string(disturbance->status);
    case Fault::Slow:
      return "slow";
  }
  return "";
}

}  // namespace

Plan sampled(int stride, Plan plan) {
  if (const char* given = std::getenv("HEAT_CRASH_STRIDE"); given != nullptr)
    stride = std::max(1, std::atoi(given));
  return
      [stride, plan = std::move(plan), met = std::optional<int>()](const Moment& moment) mutable {
        if (!met) met = moment.number - 1;
        std::vector<Disturbance> all = plan(moment);
        std::erase_if(all, [&](const Disturbance&) { return (*met)++ % stride != 0; });
        return all;
      };
}

std::vector<Disturbance> killed_soon(const Moment& moment) {
  constexpr int kSoon = 20;
  if (moment.since > kSoon) return {};
  return {Disturbance()};
}

std::string name_of(const Disturbance& disturbance, const Moment& moment) {
  const std::string what = moment.at == Moment::At::Commit ? "commit " : "request ";
  return name_of(disturbance) + (moment.after ? " after " : " before ") + what +
         std::to_string(moment.number) + " " + moment.request;
}

}  // namespace heat
