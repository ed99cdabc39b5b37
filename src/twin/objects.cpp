#include "twin/objects.h"

#include "base/check.h"

namespace heat::twin {

Map& Objects::add(std::string id, Map object) {
  const bool fresh = places_.emplace(id, ++last_).second;
  check(fresh, "the simulated cloud made an id twice");
  return rows_.emplace(last_, Row{std::move(id), std::move(object)}).first->second.object;
}

Map* Objects::find(std::string_view id) {
  const auto place = places_.find(std::string(id));
  return place == places_.end() ? nullptr : &rows_.at(place->second).object;
}

bool Objects::erase(std::string_view id) {
  const auto place = places_.find(std::string(id));
  if (place == places_.end()) return false;
  rows_.erase(place->second);
  places_.erase(place);
  return true;
}

const Value& get(const Map& object, std::string_view key) {
  static const Value null;
  const Value* found = object.find(key);
  return found ? *found : null;
}

std::string text(const Map& object, std::string_view key) { return get(object, key).string_or(""); }

bool is(const Map& object, std::string_view key, std::string_view value) {
  const Value& member = get(object, key);
  return member.is_string() && member.as_string() == value;
}

}  // namespace heat::twin
