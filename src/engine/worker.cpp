#include "engine/worker.h"

#include <utility>

#include "base/log.h"
#include "base/memory.h"
#include "engine/owner_id.h"
#include "engine/tree_work.h"

namespace heat {

Worker::Worker(Loop& loop, Store& store, Random& random, const Registry& registry,
               SessionSource* sessions, EngineSettings settings, std::string id, Share share)
    : loop_(loop),
      store_(store),
      random_(random),
      registry_(registry),
      sessions_(sessions),
      settings_(std::move(settings)),
      id_(std::move(id)),
      share_(share),
      claims_(loop, store),
      tasks_(loop) {}

Worker::~Worker() = default;

Task<> Worker::run() {
  tasks_.spawn(scan());
  co_await tasks_.join();
}

void Worker::stop() {
  stopping_.request();
  for (const auto& [root, tree] : trees_) tree->stop();
}

void Worker::wake(const std::string& root_id) {
  if (stopping_.requested()) return;
  if (const auto tree = trees_.find(root_id); tree != trees_.end()) return tree->second->wake();
  trees_.emplace(root_id, std::make_unique<TreeWork>(TreeWork::Means{loop_, store_, random_,
                                                                     registry_, claims_, sessions_,
                                                                     settings_, id_, root_id}));
  tasks_.spawn(work_on(root_id));
}

Task<> Worker::work_on(std::string root_id) {
  try {
    co_await trees_.at(root_id)->run();
  } catch (const std::exception& error) {
    log::error("the work on a stack broke off; it is taken up again",
               {{"stack", root_id}, {"why", error.what()}});
  }
  const bool again = trees_.at(root_id)->woken();
  trees_.erase(root_id);
  worked_ = true;
  if (again) wake(root_id);
}

Task<> Worker::scan() {
  while (!stopping_.requested()) {
    try {
      for (const std::string& owner : co_await store_.tree_owners())
        if (is_dead(owner)) co_await store_.release_trees(owner);
      for (const TreeRow& tree : co_await store_.unowned_trees(to_micros(loop_.now())))
        if (share_.holds(tree.root_id)) wake(tree.root_id);
      for (const auto& [root, tree] : trees_) tree->wake();
    } catch (const Error& error) {
      log::error("could not look for work", {{"why", error.what()}});
    }
    if (trees_.empty() && std::exchange(worked_, false)) give_memory_back();
    try {
      co_await sleep_for(loop_, settings_.scan_interval, stopping_);
    } catch (const Cancelled&) {
    }
  }
}

}  // namespace heat
