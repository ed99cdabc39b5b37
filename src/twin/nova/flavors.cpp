#include "twin/listing.h"
#include "twin/nova/nova.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

void Nova::add_flavor(std::string id, std::string name, int ram, int disk, int vcpus) {
  all("flavors").add(id, Map{{"id", id},
                             {"name", std::move(name)},
                             {"ram", ram},
                             {"disk", disk},
                             {"swap", 0},
                             {"OS-FLV-EXT-DATA:ephemeral", 0},
                             {"OS-FLV-DISABLED:disabled", false},
                             {"vcpus", vcpus},
                             {"os-flavor-access:is_public", true},
                             {"rxtx_factor", 1.0},
                             {"description", nullptr},
                             {"extra_specs", Map{}}});
}

Map Nova::shown_flavor(const Map& flavor, const Call& call, bool detail) const {
  const int minor = microversion(call);
  Map view;
  for (const auto& [name, value, kind] : flavor) {
    const bool brief = name == "id" || name == "name" || name == "description";
    if ((name == "description" && minor < 55) || (name == "extra_specs" && minor < 61)) continue;
    if (detail || brief) view.set(name, value);
  }
  if (detail && minor < 75 && get(flavor, "swap") == Value(0)) view.set("swap", "");
  view.set("links", links("flavors/" + text(flavor, "id")));
  return view;
}

Reply Nova::flavors(const Call& call) {
  if (call.method != "GET") throw NoSuchPath{};
  const std::string_view id = call.part(2);
  if (id.empty() || id == "detail") {
    std::vector<Map> rows;
    for (const auto& [order, row] : all("flavors").rows()) rows.push_back(row.object);
    sort_rows(rows, call.query);
    Page page = page_of(std::move(rows), call.query);
    List list;
    for (const Map& flavor : page.rows) list.push_back(shown_flavor(flavor, call, !id.empty()));
    Map body{{"flavors", list}};
    if (page.more)
      body.set("flavors_links",
               List{Map{{"rel", "next"},
                        {"href", world_.options().base_url + "/compute" + call.target +
                                     "?limit=" + call.query.get("limit") +
                                     "&marker=" + text(page.rows.back(), "id")}}});
    return {200, body, {}};
  }
  const Map* flavor = all("flavors").find(id);
  if (!flavor) throw Refusal{404, "Flavor " + std::string(id) + " could not be found.", ""};
  if (call.part(3) == "os-extra_specs")
    return {200, Map{{"extra_specs", get(*flavor, "extra_specs")}}, {}};
  return {200, Map{{"flavor", shown_flavor(*flavor, call, true)}}, {}};
}

}  // namespace heat::twin
