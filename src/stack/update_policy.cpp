#include "stack/update_policy.h"

#include "template/node.h"

namespace heat {

void check_update_policy(const StackDefinition::Member& member, Diagnostics& problems) {
  const auto& [definition, type] = member;
  const Expression& policy = definition->update_policy;
  if (!type->update_policies || policy.node().is_call()) return;
  const Value written = policy.source();
  if (!written.is_map()) return;
  const std::vector<std::string> known(type->update_policies->begin(),
                                       type->update_policies->end());
  for (const auto& [key, value, kind] : written.as_map())
    if (!type->update_policies->contains(key))
      problems.add(ErrorKind::StackValidationFailed,
                   "The type " + type->name + " knows no update policy '" + key + "'." +
                       did_you_mean(key, known),
                   {"resources", definition->name, "update_policy", key});
}

}  // namespace heat
