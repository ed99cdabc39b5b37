#include "sim/machine.h"

#include <utility>

#include "types/types.h"

namespace heat {

struct Machine::Life {
  Life(Machine& machine, std::uint64_t seed)
      : loop(machine.now_),
        random(seed),
        store(machine.disk_.for_loop(loop)),
        sessions(machine.sessions_ ? machine.sessions_(loop) : nullptr),
        engine({loop, *store, random, machine.registry_, sessions.get(), machine.settings_,
                [this](const std::string& root) { wake(root); }}),
        tasks(loop) {
    for (std::size_t number = 0; number < machine.workers_; ++number) {
      const Share& share = shares.emplace_back(number, machine.workers_);
      workers.push_back(std::make_unique<Worker>(
          loop, *store, random, machine.registry_, sessions.get(), machine.settings_,
          "worker-" + std::to_string(machine.boots_) + "-" + std::to_string(number), share));
      tasks.spawn(workers.back()->run());
    }
  }

  void wake(const std::string& root) {
    for (std::size_t number = 0; number < workers.size(); ++number)
      if (shares[number].holds(root)) workers[number]->wake(root);
  }

  VirtualLoop loop;
  SeededRandom random;
  std::unique_ptr<Store> store;
  std::unique_ptr<SessionSource> sessions;
  std::vector<Share> shares;
  std::vector<std::unique_ptr<Worker>> workers;
  Engine engine;
  TaskGroup tasks;
};

Machine::Machine(std::uint64_t seed, EngineSettings settings, Sessions sessions,
                 std::size_t workers)
    : seed_(seed),
      settings_(std::move(settings)),
      sessions_(std::move(sessions)),
      workers_(workers),
      now_(VirtualLoop().now()) {
  register_types(registry_);
  const auto asking = [this](const std::function<bool(int)>& hook) {
    return [this, &hook](int commit) {
      if (!hook || hook(commit)) return true;
      cut_power();
      return false;
    };
  };
  disk_.before_commit = asking(before_commit);
  disk_.after_commit = asking(after_commit);
  boot();
}

Machine::~Machine() { kill(); }

void Machine::kill() {
  if (!life_) return;
  now_ = life_->loop.now();
  if (!life_->loop.dropped()) life_->loop.drop();
  life_.reset();
}

void Machine::cut_power() { loop().drop(); }

void Machine::boot() {
  kill();
  ++boots_;
  life_ = std::make_unique<Life>(*this, seed_ * 1000 + static_cast<std::uint64_t>(boots_));
}

Engine& Machine::engine() { return life_->engine; }
Store& Machine::store() { return *life_->store; }
VirtualLoop& Machine::loop() { return life_->loop; }

void Machine::spawn(Task<> task) { life_->tasks.spawn(std::move(task)); }

bool Machine::run_until(const std::function<bool()>& done) {
  life_->loop.run_until([&] { return life_->loop.dropped() || done(); });
  if (!life_->loop.dropped()) return done();
  kill();
  return false;
}

bool Machine::advance(Duration span) {
  const Time end = life_->loop.now() + span;
  bool there = false;
  life_->loop.call_after(span, [&there] { there = true; });
  const bool reached = run_until([&there] { return there; });
  check(!reached || life_->loop.now() >= end, "the clock did not advance");
  return reached;
}

bool Machine::run_until_idle(Duration limit) {
  const Time end = life_->loop.now() + limit;
  for (;;) {
    const auto trees = wait(unfinished(*life_->store));
    if (!trees) return false;
    if (*trees == 0) return true;
    if (life_->loop.now() >= end) return false;
    if (!advance(std::chrono::milliseconds(500))) return false;
  }
}

Task<std::size_t> Machine::unfinished(Store& store) {
  // As if every lease were over.
  const auto trees = co_await store.unowned_trees(INT64_MAX);
  co_return trees.size();
}

Context Machine::context() const {
  Context context;
  context.project_id = "project";
  context.user_name = "ann";
  return context;
}

}  // namespace heat
