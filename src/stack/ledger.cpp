#include "stack/ledger.h"

#include <exception>
#include <utility>

#include "base/log.h"

namespace heat {

namespace {

std::string key_of(const StackRow& row) { return "stack " + row.id; }
std::string key_of(const ResourceRow& row) { return "resource " + row.id; }
std::string key_of(const StepRow& row) { return "step " + row.resource_id + " " + row.name; }
std::string key_of(const DefinitionRow& row) { return "definition " + row.id; }
std::string key_of(const CredentialRow& row) { return "credential " + row.id; }

/// Rows that count their writes carry the version they have in the store.
void set_version(AnyRow& row, std::int64_t version) {
  if (auto* stack = std::get_if<StackRow>(&row)) stack->version = version;
  if (auto* resource = std::get_if<ResourceRow>(&row)) resource->version = version;
}

std::string row_key(const AnyRow& row) {
  if (const auto* stack = std::get_if<StackRow>(&row)) return key_of(*stack);
  if (const auto* resource = std::get_if<ResourceRow>(&row)) return key_of(*resource);
  return "";
}

}  // namespace

Ledger::Ledger(Store& store, Loop& loop, Random& random, TreeRow tree)
    : store_(store),
      loop_(loop),
      random_(random),
      tree_(std::move(tree)),
      durable_tree_(tree_),
      written_(loop),
      writer_(loop) {}

Ledger::~Ledger() = default;

void Ledger::loaded(const StackRow& row) { stored_[key_of(row)] = row.version; }
void Ledger::loaded(const ResourceRow& row) { stored_[key_of(row)] = row.version; }
void Ledger::loaded(const CredentialRow& row) { stored_[key_of(row)] = 0; }
void Ledger::loaded(const StepRow& row) {
  stored_[key_of(row)] = 0;
  steps_of_[row.resource_id].push_back(key_of(row));
}

void Ledger::put(const StackRow& row) { add(key_of(row), row); }
void Ledger::put(const ResourceRow& row) { add(key_of(row), row); }
void Ledger::put(const DefinitionRow& row) { add(key_of(row), row); }
void Ledger::put(const CredentialRow& row) { add(key_of(row), row); }
void Ledger::put(const StepRow& row) {
  const std::string key = key_of(row);
  if (!stored_.contains(key)) steps_of_[row.resource_id].push_back(key);
  add(key, row);
}

void Ledger::erase(const ResourceRow& row) {
  erase_steps(row.id);
  remove(key_of(row), row);
}

void Ledger::erase(const InboxRow& row) { append("", Kind::Erase, row); }
void Ledger::erase(const CredentialRow& row) { remove(key_of(row), row); }

void Ledger::erase_steps(const std::string& resource_id) {
  const auto steps = steps_of_.find(resource_id);
  if (steps == steps_of_.end()) return;
  bool in_store = false;
  for (const std::string& key : steps->second) {
    const auto pending = place_.find(key);
    const bool unborn = pending != place_.end() && pending_[pending->second].kind == Kind::Insert;
    if (pending != place_.end()) {
      pending_[pending->second].kind = Kind::Nothing;
      place_.erase(pending);
    }
    in_store = in_store || !unborn;
    stored_.erase(key);
  }
  steps_of_.erase(steps);
  if (!in_store) return;
  StepRow any;
  any.resource_id = resource_id;
  append("", Kind::EraseSteps, std::move(any));
}

void Ledger::put(EventRow event) {
  event.id = random_.uuid();
  event.root_id = tree_.root_id;
  event.sequence = tree_.next_sequence++;
  event.created_at = to_micros(loop_.now());
  tree_changed_ = true;
  append("", Kind::Insert, std::move(event));
}

void Ledger::renew(std::int64_t lease_until) {
  tree_.lease_until = lease_until;
  tree_changed_ = true;
  wake();
}

void Ledger::add(const std::string& key, AnyRow row) {
  if (const auto pending = place_.find(key); pending != place_.end()) {
    pending_[pending->second].row = std::move(row);
    return wake();
  }
  const bool known = !stored_.try_emplace(key, 0).second;
  append(key, known ? Kind::Update : Kind::Insert, std::move(row));
}

void Ledger::remove(const std::string& key, AnyRow row) {
  const auto pending = place_.find(key);
  if (pending == place_.end()) {
    append("", Kind::Erase, std::move(row));
  } else {
    Pending& change = pending_[pending->second];
    change.kind = change.kind == Kind::Insert ? Kind::Nothing : Kind::Erase;
    change.row = std::move(row);
    place_.erase(pending);
    wake();
  }
  stored_.erase(key);
}

void Ledger::append(const std::string& key, Kind kind, AnyRow row) {
  if (!key.empty()) place_[key] = pending_.size();
  pending_.push_back({kind, std::move(row)});
  wake();
}

void Ledger::wake() {
  if (writing_ || lost_) return;
  writing_ = true;
  writer_.spawn(write());
}

Changes Ledger::cut() {
  Changes changes;
  changes.ownership = Changes::Ownership{tree_.root_id, tree_.epoch};
  changes.relaxed = waiting_ == 0;
  changes.operations.reserve(pending_.size() + 1);
  if (tree_changed_) changes.update(tree_);
  for (; !pending_.empty(); pending_.pop_front()) {
    auto& [kind, row] = pending_.front();
    if (kind == Kind::Nothing) continue;
    if (kind == Kind::EraseSteps) {
      changes.erase_steps(std::get<StepRow>(row).resource_id);
      continue;
    }
    if (const auto version = stored_.find(row_key(row)); version != stored_.end()) {
      set_version(row, version->second);
      if (kind == Kind::Update) ++version->second;
    }
    if (kind == Kind::Insert) changes.insert(std::move(row));
    if (kind == Kind::Update) changes.update(std::move(row));
    if (kind == Kind::Erase) changes.erase(std::move(row));
  }
  tree_changed_ = false;
  place_.clear();
  ++gathering_;
  return changes;
}

Task<> Ledger::write() {
  while ((!pending_.empty() || tree_changed_) && !lost_) {
    std::string trouble;
    Changes changes = cut();
    const std::uint64_t number = gathering_;
    const TreeRow tree = tree_;
    try {
      const CommitResult result = co_await store_.commit(std::move(changes));
      if (result == CommitResult::Stale) trouble = "another write came between";
      if (result == CommitResult::NotOwner) trouble = "the tree has another owner";
      if (result == CommitResult::NameTaken) trouble = "the stack's name is taken";
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (!trouble.empty()) {
      log::warning("gave a stack tree up", {{"stack", tree_.root_id}, {"why", trouble}});
      lost_ = true;
    } else {
      durable_ = number;
      durable_tree_ = tree;
    }
    written_.notify();
  }
  writing_ = false;
}

Task<> Ledger::settle() {
  const std::uint64_t needed = gathering_ + (pending_.empty() && !tree_changed_ ? 0 : 1);
  ++waiting_;
  while (durable_ < needed && !lost_) co_await written_.wait();
  --waiting_;
  if (lost_) throw OwnershipLost();
}

void Ledger::check_lease(Duration margin) const {
  if (lost_ || to_micros(loop_.now() + margin) > tree_.lease_until) throw OwnershipLost();
}

void Ledger::abandon() {
  lost_ = true;
  written_.notify();
}

Task<> Ledger::close() { co_await writer_.join(); }

}  // namespace heat
