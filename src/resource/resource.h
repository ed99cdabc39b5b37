#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "async/cancel.h"
#include "async/loop.h"
#include "async/semaphore.h"
#include "base/random.h"
#include "cloud/interruptible_session.h"
#include "resource/resource_type.h"
#include "store/rows.h"

namespace heat {

/// Port to the walk: where a resource's durable steps are kept.
class Journal {
 public:
  virtual ~Journal() = default;
  virtual const StepRow* find(const std::string& name) const = 0;
  /// The intent is settled when this completes. `looks` as step() has it.
  virtual Task<> begin(const std::string& name, const std::string& looks) = 0;
  /// The result, together with the resource's row as it is now.
  virtual Task<> finish(const std::string& name, Value result) = 0;
  /// The resource's row as it is now, without a step.
  virtual Task<> save() = 0;
  /// While the permit is held nobody else in this worker makes, or looks for, objects of these
  /// looks.
  virtual Task<Semaphore::Permit> turn(std::string looks) = 0;
  /// Whether another worker's step of the same looks comes before this one, which is begun.
  virtual Task<bool> is_preceded(std::string name) = 0;
  /// All that the stack wrote is durable when this completes, and the stack is ours for as long as
  /// an effect takes.
  virtual Task<> settle() = 0;
  /// Whether another resource is known to have this object, now or until it is cleaned up.
  virtual Task<bool> is_claimed(std::string id) = 0;
};

/// One resource while an action works on it: what it is to become, its row, and its durable steps.
///
/// After a crash the behaviour is entered again from its first line, so every effect goes through
/// step(), and between steps a behaviour is deterministic.
class Resource {
 public:
  using Recognise = std::function<Task<std::optional<Value>>()>;
  using Perform = std::function<Task<Value>()>;

  Resource(const ResourceType& type, ResourceRow& row, const StackRow& stack, Session* session,
           Loop& loop, Random& random, Journal& journal, Cancel cancel);

  const ResourceType& type() const { return type_; }
  const std::string& name() const { return row_.name; }
  const StackRow& stack() const { return stack_; }
  ResourceRow& row() { return row_; }
  const ResourceRow& row() const { return row_; }
  Loop& loop() { return loop_; }
  Random& random() { return random_; }
  const Cancel& cancel() const { return cancel_; }
  /// Its calls end with cancel(). Throws Error where there is no cloud (offline).
  Session& session();

  /// What is to be reached: converted, names resolved to ids. During delete: what was applied, or
  /// was to be when that did not complete; null where it did not come so far.
  const Value& properties() const { return row_.target.is_null() ? row_.properties : row_.target; }
  const Value& property(std::string_view name) const { return properties()[name]; }
  /// What was applied last.
  const Value& applied() const { return row_.properties; }

  const std::string& physical_id() const { return row_.physical_id; }
  void set_physical_id(std::string id) { row_.physical_id = std::move(id); }
  std::string data(std::string_view key) const;
  void set_data(std::string key, std::string value);
  void erase_data(std::string_view key);

  /// The original's rule: stack-resource-suffix, cut to the type's limit.
  std::string physical_name() const;

  /// An effect, exactly once: performed where `recognise` finds none of an earlier, unrecorded try.
  /// A step already done gives its recorded result. `recognise` is only asked after a crash or a
  /// lost answer.
  ///
  /// Where `recognise` goes by what objects of other resources may have too (a name that the
  /// template chose), `looks` names that: of those that look alike one at a time is made, so that
  /// they can't be taken for each other.
  Task<Value> step(std::string name, Recognise recognise, Perform perform, std::string looks = {});
  /// When the intent of a step was recorded; nothing where it was not.
  std::optional<Time> begun(const std::string& name) const;
  /// Polls `done` with growing pauses (from 0.2 s to 5 s, or as the settings say) until it is true.
  Task<> wait(std::function<Task<bool>()> done);
  Task<> save();
  Task<bool> is_claimed(std::string id) { return journal_.is_claimed(std::move(id)); }

 private:
  Task<Semaphore::Permit> begin(std::string name, std::string looks, bool known);
  Task<Value> once(Recognise recognise, Perform perform, bool look);

  const ResourceType& type_;
  ResourceRow& row_;
  const StackRow& stack_;
  std::optional<InterruptibleSession> session_;
  Loop& loop_;
  Random& random_;
  Journal& journal_;
  Cancel cancel_;
};

/// "stack-resource-4m6yzq5vlxkc" by the original's rule, of at most `limit` characters.
std::string physical_name(const std::string& stack_name, const std::string& resource_name,
                          const std::string& resource_uuid, std::size_t limit);

}  // namespace heat
