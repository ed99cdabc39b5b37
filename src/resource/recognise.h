#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resource/resource.h"

namespace heat {

/// An object of the cloud that looks like what a lost try would have made.
struct Lookalike {
  std::string id;
  Value made_at;  ///< as the service tells it; null where it does not
};

/// Of those, the one that is new since `intent` and that no resource claims: ours. Nothing where
/// there is none. Without `intent` their looks are proof, whatever their age. Throws Error
/// PhysicalResourceNameAmbiguity, naming them, where several are left: somebody else has made one
/// meanwhile, and only a person can tell which.
Task<std::optional<Value>> only_one(Resource& resource, std::string entity,
                                    std::vector<Lookalike> all, std::optional<Time> intent);

}  // namespace heat
