#include <unordered_map>
#include <utility>

#include "stack/converge.h"

namespace heat {

namespace {

/// Nothing goes before what needs it. Rows of several plans may need each other in a circle; then
/// the newest goes first.
Graph removal_order(const std::vector<Member*>& leaving) {
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < leaving.size(); ++i) index.emplace(leaving[i]->row.id, i);
  Graph graph(leaving.size());
  for (std::size_t i = 0; i < leaving.size(); ++i)
    for (const std::string& needed : leaving[i]->row.requires_ids)
      if (const auto found = index.find(needed); found != index.end() && found->second != i)
        graph.add_edge(found->second, i);
  if (!graph.cycle()) return graph;
  Graph newest_first(leaving.size());
  for (std::size_t i = 0; i + 1 < leaving.size(); ++i) newest_first.add_edge(i, i + 1);
  return newest_first;
}

}  // namespace

bool Converge::wanted(const Member& member) const {
  return target_ != nullptr && member.row.replaced_by.empty() && target_->index_of(member.row.name);
}

Task<> Converge::clean_up() {
  std::vector<Member*> leaving;
  for (Member* member : stack_.members.all())
    if (!wanted(*member)) leaving.push_back(member);
  if (leaving.empty()) co_return;
  Graph order = removal_order(leaving);
  co_await walk(std::move(order),
                [this, &leaving](std::size_t node) { return remove(*leaving[node]); });
}

Task<> Converge::remove(Member& member) {
  const std::string id = member.row.id;
  const Cancel cancel = watched(member);
  const ActionEnd end = co_await actions_.remove(member, cancel, why_aborted_);
  unwatch(id);
  if (end.kind != ActionEnd::Kind::Complete) throw Ended{"Resource DELETE failed: " + end.reason};
}

}  // namespace heat
