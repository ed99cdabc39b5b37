#include "store/memory_store.h"

#include <deque>

#include "store/batch.h"

namespace heat {

/// The database and the count of its commits, which a cut of the power doesn't touch; and the lives
/// between cuts. Work that an ended life asks for is dropped.
class MemoryStore::Machine {
 public:
  class Life final : public Executor {
   public:
    explicit Life(Machine& machine) : machine_(machine) {}
    void write(Write write) override {
      if (running_) machine_.write(std::move(write));
    }
    void read(std::function<void(Database&)> work) override {
      if (running_) machine_.read(work);
    }
    bool running_ = true;

   private:
    Machine& machine_;
  };

  Machine(MemoryStore& store, const std::string& keys)
      : store_(store), database_(":memory:", keys) {
    database_.prepare();
  }

  Life& life() {
    if (lives_.empty() || !lives_.back().running_) lives_.emplace_back(*this);
    return lives_.back();
  }
  int commits() const { return commits_; }
  int reads() const { return reads_; }

 private:
  void write(Executor::Write write) {
    ++commits_;
    Outcome outcome;
    try {
      if (store_.before_commit && !store_.before_commit(commits_)) return cut();
      outcome = carry_out(database_, std::deque<Executor::Write>{write}).front();
      if (store_.after_commit && !store_.after_commit(commits_)) return cut();
    } catch (...) {
      outcome.problem = std::current_exception();
    }
    write.done(outcome.result, outcome.problem);
  }
  void read(const std::function<void(Database&)>& work) {
    ++reads_;
    work(database_);
  }
  void cut() { lives_.back().running_ = false; }

  MemoryStore& store_;
  Database database_;
  std::deque<Life> lives_;
  int commits_ = 0;
  int reads_ = 0;
};

MemoryStore::MemoryStore(const std::string& encryption_keys)
    : machine_(std::make_unique<Machine>(*this, encryption_keys)) {}
MemoryStore::~MemoryStore() = default;

int MemoryStore::commits() const { return machine_->commits(); }
int MemoryStore::reads() const { return machine_->reads(); }

std::unique_ptr<Store> MemoryStore::for_loop(Loop& loop) {
  return make_store(machine_->life(), loop);
}

}  // namespace heat
