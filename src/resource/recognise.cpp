#include "resource/recognise.h"

#include "base/error.h"

namespace heat {

std::optional<Value> only_one(const Resource& resource, std::string_view entity, const List& ids) {
  List unclaimed;
  for (const Value& id : ids)
    if (!resource.is_claimed(id.as_string())) unclaimed.push_back(id);
  if (unclaimed.empty()) return std::nullopt;
  if (unclaimed.size() == 1) return unclaimed.front();
  std::string names;
  for (const Value& id : unclaimed) names += (names.empty() ? "" : ", ") + id.as_string();
  throw Error(ErrorKind::PhysicalResourceNameAmbiguity,
              "After a lost answer, several objects could be the " + std::string(entity) +
                  " of resource " + resource.name() + ": " + names +
                  ". Delete those that are not in use, then update the stack.");
}

}  // namespace heat
