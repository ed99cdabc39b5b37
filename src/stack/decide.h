#pragma once

#include <optional>
#include <string>

#include "resource/behaviour.h"
#include "resource/resource_type.h"
#include "store/rows.h"
#include "template/template.h"

namespace heat {

/// What is to happen to one resource.
struct Decision {
  enum class Kind {
    Keep,
    Create,
    Update,  ///< in place; no `changes`: what only the row holds (metadata, policies)
    Mend,    ///< it failed, but is whole and as wanted: only its state changes
    Replace,
    Delete,
    Later,  ///< needs what is not known before something else ran
  };
  Kind kind = Kind::Keep;
  PropertyChanges changes;
  std::string why;  ///< of Replace and Later
};

std::string_view to_string(Decision::Kind kind);

/// What a resource is to become: properties converted and with names resolved to ids. Parts of them
/// may be Unknown while a plan is made.
struct Wanted {
  const ResourceType& type;
  Value properties;
  Value metadata;
  std::string deletion_policy;
  std::string external_id = {};  ///< of something that is only looked at; empty: the stack makes it
};

/// The original's word for it, as rows hold it.
std::string_view to_string(DeletionPolicy policy);

/// The row as it will be when its action in progress has completed.
ResourceRow as_completed(const ResourceRow& row);

/// What was looked up about the resource before deciding.
struct Observed {
  bool healthy = false;  ///< of a failed resource: it can be mended by an update
  bool settled = false;  ///< this very definition made it: an update is not to replace it again
};

/// Pure. The same answer is the plan, where parts of what is wanted are Unknown, and the action,
/// where all is known. `before`: the current row; none: there is no such resource yet. `after`:
/// none where it is to go.
Decision decide(const ResourceRow* before, const ResourceType* before_type, const Wanted* after,
                Observed observed);

/// Throws Error NotSupported where the resource is to stand for something else than it does, or is
/// to be made where it was only looked at.
void refuse_other_external(const ResourceRow& before, const ResourceType* before_type,
                           const Wanted& after);

/// What a resource has, as far as an update to `after` may rely on it. A failed update may be
/// applied in part: each property that it was to change counts as that of its two values which
/// `after` is not, so that it is set again.
Value baseline(const ResourceRow& before, const Value& after);

/// The members of `after` that differ from `before`; what is only in `before` becomes null.
PropertyChanges differences(const Value& before, const Value& after);

}  // namespace heat
