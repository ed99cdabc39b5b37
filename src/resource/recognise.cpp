#include "resource/recognise.h"

#include "base/error.h"

namespace heat {

namespace {

/// Whether an object is older than our intent to make one, by the service's clock and ours.
bool made_before(const Value& made_at, Time intent) {
  constexpr auto kClockSkew = std::chrono::seconds(5);
  const auto made = parse_iso(made_at.string_or(""));
  return made && *made < intent - kClockSkew;
}

}  // namespace

Task<std::optional<Value>> only_one(Resource& resource, std::string entity,
                                    std::vector<Lookalike> all, std::optional<Time> intent) {
  std::vector<std::string> ours;
  for (const Lookalike& one : all)
    if ((!intent || !made_before(one.made_at, *intent)) && !co_await resource.is_claimed(one.id))
      ours.push_back(one.id);
  if (ours.empty()) co_return std::nullopt;
  if (ours.size() == 1) co_return Value(ours.front());
  std::string names;
  for (const std::string& id : ours) names += (names.empty() ? "" : ", ") + id;
  throw Error(ErrorKind::PhysicalResourceNameAmbiguity,
              "After a lost answer, several objects could be the " + entity + " of resource " +
                  resource.name() + ": " + names +
                  ". Delete those that are not in use, then update the stack.");
}

}  // namespace heat
