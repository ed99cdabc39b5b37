#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "resource/resource_type.h"
#include "store/rows.h"

namespace heat {

/// One resource of a stack as the stack's owner holds it: its row, its type, its durable steps, and
/// what could not be read of it.
struct Member {
  ResourceRow row;
  std::shared_ptr<const ResourceType> type;  ///< null where this process doesn't know it
  std::map<std::string, StepRow> steps;
  std::map<std::string, Error> unreadable;  ///< attribute → why; raised where it is used

  bool in(std::string_view action, std::string_view status) const {
    return row.action == action && row.status == status;
  }
  /// Whether it may be something outside: anything past INIT.
  bool exists() const { return row.action != "INIT"; }
  /// Whether the stack made it, and so takes it away.
  bool ours() const { return row.external_id.empty(); }
  /// An effect was begun and its result is not known.
  bool open_step() const;
  Value reference() const;
};

/// All resources of a stack, leftovers and replaced ones included: a name may have several, one of
/// them current.
class Members {
 public:
  Member& add(ResourceRow row, std::shared_ptr<const ResourceType> type);
  void remove(const Member& member);

  /// Null where the stack has none of that name.
  Member* current(const std::string& name) const;
  Member* find(const std::string& id) const;
  /// Makes `member` the current one of its name.
  void make_current(Member& member);
  std::vector<Member*> all() const;  ///< in the order they were added
  std::size_t size() const { return members_.size(); }

 private:
  std::map<std::uint64_t, std::unique_ptr<Member>> members_;
  std::unordered_map<std::string, std::uint64_t> order_;  // by id
  std::unordered_map<std::string, Member*> current_;      // by name
  std::uint64_t next_ = 0;
};

}  // namespace heat
