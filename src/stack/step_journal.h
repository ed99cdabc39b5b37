#pragma once

#include "resource/resource.h"
#include "stack/stack.h"

namespace heat {

/// A resource's durable steps, written with everything else its stack writes. The steps of a type
/// without effects outside don't wait for the disk: whoever has an effect waits for all before it.
class StepJournal final : public Journal {
 public:
  StepJournal(const Stack& stack, Member& member, const Means& means)
      : stack_(stack), member_(member), means_(means) {}

  const StepRow* find(const std::string& name) const override;
  Task<> begin(const std::string& name, const std::string& looks) override;
  Task<> finish(const std::string& name, Value result) override;
  Task<> save() override;
  Task<Semaphore::Permit> turn(std::string looks) override;
  Task<bool> is_preceded(std::string name) override;
  Task<> settle() override;
  Task<bool> is_claimed(std::string id) override;

 private:
  std::string within_project(const std::string& looks) const;
  bool waits() const { return !member_.type->effect_free; }

  const Stack& stack_;
  Member& member_;
  const Means& means_;
};

}  // namespace heat
