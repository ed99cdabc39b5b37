#pragma once

#include <string>
#include <vector>

#include "async/loop.h"
#include "base/random.h"
#include "cloud/session.h"
#include "stack/definition.h"
#include "stack/member.h"

namespace heat {

/// A resource's attributes as they are now, for showing: all that "show" gives plus those named; of
/// a type without "show", all it has. What can't be read is null; nothing is stored.
Task<Value> live_attributes(Member& member, StackRow stack, Session* session, Loop& loop,
                            Random& random, std::vector<std::string> with_attributes);

/// Reads anew, side by side, what the outputs use of the attributes that are never cached; what
/// can't be read stays as it was stored.
Task<> refresh_live_attributes(Members& members, const StackDefinition& definition,
                               const StackRow& stack, Session* session, Loop& loop, Random& random);

}  // namespace heat
