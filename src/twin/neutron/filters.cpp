#include "twin/neutron/filters.h"

#include <algorithm>

#include "twin/listing.h"
#include "twin/objects.h"

namespace heat::twin::neutron {

namespace {

/// fixed_ips=ip_address=10.0.0.3 and fixed_ips=subnet_id=…
bool has_address(const Map& port, const std::vector<std::string>& asked) {
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& each) {
    const std::size_t equals = each.find('=');
    for (const Value& fixed : get(port, "fixed_ips").as_list())
      if (fixed[each.substr(0, equals)] ==
          Value(each.substr(std::min(equals, each.size() - 1) + 1)))
        return true;
    return false;
  });
}

bool has_tags(const Map& object, std::string asked) {
  const List tags = get(object, "tags").as_list();
  while (!asked.empty()) {
    const std::string tag = asked.substr(0, asked.find(','));
    asked.erase(0, tag.size() + 1);
    if (std::find(tags.begin(), tags.end(), Value(tag)) == tags.end()) return false;
  }
  return true;
}

}  // namespace

bool is_asked_for(const Kind& kind, const Map& object, const Query& query) {
  if (query.has("tags") && !has_tags(object, query.get("tags"))) return false;
  if (kind.plural == "ports" && query.has("fixed_ips") &&
      !has_address(object, query.all("fixed_ips")))
    return false;
  Map plain = object;
  plain.erase("fixed_ips");
  plain.erase("tags");
  return matches(plain, query);
}

}  // namespace heat::twin::neutron
