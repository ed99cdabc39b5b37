#pragma once

#include <map>
#include <set>

#include "resource/resource.h"

namespace heat {

/// Steps in memory, for tests and rehearsals: what is "durable" is what this object still holds.
class MemoryJournal final : public Journal {
 public:
  const StepRow* find(const std::string& name) const override {
    const auto found = steps_.find(name);
    return found == steps_.end() ? nullptr : &found->second;
  }
  Task<> begin(const std::string& name, const std::string&) override {
    begun(name, now);
    co_return;
  }
  Task<> finish(const std::string& name, Value result) override {
    steps_[name].done = true;
    steps_[name].result = std::move(result);
    co_return;
  }
  Task<> save() override { co_return; }
  Task<Semaphore::Permit> turn(std::string) override { co_return Semaphore::Permit(); }
  Task<bool> is_preceded(std::string) override { co_return preceded-- > 0; }
  Task<> settle() override { co_return; }
  Task<bool> is_claimed(std::string id) override { co_return claimed.contains(id); }

  /// As if a crash came after the intent of a step.
  void begun(const std::string& name, Time when) { steps_[name].begun_at = to_micros(when); }
  void clear() { steps_.clear(); }

  Time now{};
  std::set<std::string> claimed;
  int preceded = 0;  ///< how often others are still at it when they are asked

 private:
  std::map<std::string, StepRow> steps_;
};

}  // namespace heat
