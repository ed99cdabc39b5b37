#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/virtual_loop.h"
#include "engine/engine.h"
#include "engine/worker.h"
#include "store/memory_store.h"

namespace heat {

/// A machine with one engine, of one worker or several: its disk outlives its kills.
class Machine {
 public:
  using Sessions = std::function<std::unique_ptr<SessionSource>(Loop& loop)>;
  /// Without `sessions` it is offline.
  explicit Machine(std::uint64_t seed, EngineSettings settings = {}, Sessions sessions = {},
                   std::size_t workers = 1);
  ~Machine();

  /// The power goes: everything that is not on disk is gone.
  void kill();
  /// The same from within the machine's own work: nothing of it runs on.
  void cut_power();
  /// Boots again where it was killed.
  void boot();
  bool running() const { return life_ != nullptr; }

  Engine& engine();
  Store& store();
  Registry& registry() { return registry_; }
  MemoryStore& disk() { return disk_; }

  /// Until nothing is in progress and no message waits, at most `limit` of simulated time. False
  /// where that was not reached, or the machine was killed meanwhile.
  bool run_until_idle(Duration limit = std::chrono::hours(3));
  /// False where the machine was killed meanwhile.
  bool advance(Duration span);

  /// Runs the loop until `task` is done. Throws what it threw; nothing where the machine was
  /// killed.
  template <class T>
  std::optional<T> wait(Task<T> task) {
    auto answer = std::make_shared<Answer<T>>();
    spawn(answer_to(std::move(task), answer));
    if (!run_until([&answer] { return answer->done; })) return {};
    if (answer->problem) std::rethrow_exception(answer->problem);
    return std::move(answer->value);
  }
  /// False where the machine was killed meanwhile.
  bool wait(Task<> task) { return wait(with_answer(std::move(task))).has_value(); }

  Context context() const;

  /// Called before and after each commit, with its number.
  std::function<bool(int)> before_commit, after_commit;

 private:
  struct Life;
  template <class T>
  struct Answer {
    std::optional<T> value;
    std::exception_ptr problem;
    bool done = false;
  };

  template <class T>
  static Task<> answer_to(Task<T> task, std::shared_ptr<Answer<T>> answer) {
    try {
      answer->value = co_await std::move(task);
    } catch (...) {
      answer->problem = std::current_exception();
    }
    answer->done = true;
  }
  static Task<bool> with_answer(Task<> task) {
    co_await std::move(task);
    co_return true;
  }
  static Task<std::size_t> unfinished(Store& store);

  void spawn(Task<> task);
  bool run_until(const std::function<bool()>& done);
  VirtualLoop& loop();

  std::uint64_t seed_;
  EngineSettings settings_;
  Sessions sessions_;
  std::size_t workers_;
  Registry registry_;
  MemoryStore disk_;
  Time now_;
  int boots_ = 0;
  std::unique_ptr<Life> life_;
};

}  // namespace heat
