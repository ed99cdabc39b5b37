#pragma once

#include <memory>
#include <string>

#include "cloud/session.h"
#include "stack/claims.h"
#include "stack/definition.h"
#include "stack/ledger.h"
#include "stack/member.h"

namespace heat {

/// A stack in its owner's memory.
struct Stack {
  StackRow row;
  Members members;

  Parameters::Pseudo pseudo(const std::string& region) const {
    return {row.name, row.id, row.project_id, region};
  }
};

/// What the work on a stack uses, all of it its owner's, who outlives the work.
struct Means {
  Loop& loop;
  Random& random;
  Ledger& ledger;
  const Registry& registry;
  Claims& claims;
  Session* session = nullptr;   ///< null: there is no cloud here
  std::size_t in_flight = 512;  ///< resources worked on at a time; services limit themselves
  Duration lease_margin = std::chrono::seconds(65);  ///< above any request's time-out
};

/// The members of `stack` from their rows and steps as the store has them.
void take_in(Stack& stack, std::vector<ResourceRow> rows, std::vector<StepRow> steps,
             const Registry& registry, Ledger& ledger);

/// The event that tells of the stack's state; without what the ledger fills in.
EventRow stack_event(const StackRow& row);

/// Makes a stack's state known: its row and the event that tells of it, in one commit.
void set_state(Stack& stack, Ledger& ledger, std::string action, std::string status,
               std::string reason);
/// The same for one of its resources.
void set_state(const Stack& stack, Member& member, Ledger& ledger, std::string action,
               std::string status, std::string reason);

}  // namespace heat
