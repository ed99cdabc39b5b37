#include "twin/cinder/cinder.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

void Cinder::add_type(std::string name, Value description) {
  const std::string id = world_.uuid();
  all("types").add(id, Map{{"id", id},
                           {"name", std::move(name)},
                           {"is_public", true},
                           {"description", std::move(description)},
                           {"extra_specs", Map{}},
                           {"os-volume-type-access:is_public", true}});
}

Reply Cinder::types(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  const std::string_view id = call.part(3);
  if (id.empty()) {
    List shown;
    for (const auto& [order, row] : all("types").rows())
      if (matches(row.object, call.query)) shown.insert(shown.begin(), row.object);
    return {200, Map{{"volume_types", shown}}, {}};
  }
  for (const auto& [order, row] : all("types").rows())
    if (row.id == id || (id == "default" && is(row.object, "name", "__DEFAULT__"))) {
      if (call.part(4) == "extra_specs")
        return {200, Map{{"extra_specs", get(row.object, "extra_specs")}}, {}};
      return {200, Map{{"volume_type", row.object}}, {}};
    }
  throw not_found("Volume type", id);
}

}  // namespace heat::twin
