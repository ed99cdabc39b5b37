#include "twin/glance/glance.h"

#include "net/url.h"
#include "twin/listing.h"
#include "twin/openstack_errors.h"

namespace heat::twin {

namespace {

constexpr const char* kVersions[] = {"2.15", "2.13", "2.12", "2.11", "2.10", "2.9", "2.8", "2.7",
                                     "2.6",  "2.5",  "2.4",  "2.3",  "2.2",  "2.1", "2.0"};
constexpr std::int64_t kSize = 1 << 20;

Refusal not_found(std::string_view id) {
  return {404, "No image found with ID " + std::string(id), ""};
}

bool visible(const Map& image, const Caller& caller) {
  return caller.admin() || is(image, "visibility", "public") ||
         is(image, "owner", caller.project_id);
}

}  // namespace

Reply Glance::refuse(const Refusal& refusal, const Call&) const {
  if (refusal.status == 401)
    return web_error(401,
                     "This server could not verify that you are authorized to access the document "
                     "you requested. Either you supplied the wrong credentials (e.g., bad "
                     "password), or your browser does not understand how to supply the "
                     "credentials required.");
  return web_error(refusal.status, refusal.message);
}

Map* Glance::find(std::string_view id) { return world_["image/images"].find(id); }

Map& Glance::add(std::string name, std::string owner, const Value& wanted) {
  const std::string id = world_.uuid(), self = "/v2/images/" + id;
  Map image{{"name", std::move(name)},
            {"disk_format", wanted["disk_format"]},
            {"container_format", wanted["container_format"]},
            {"visibility", wanted["visibility"].string_or("shared")},
            {"size", nullptr},
            {"virtual_size", nullptr},
            {"status", "queued"},
            {"checksum", nullptr},
            {"protected", false},
            {"min_ram", wanted["min_ram"].is_int() ? wanted["min_ram"] : Value(0)},
            {"min_disk", wanted["min_disk"].is_int() ? wanted["min_disk"] : Value(0)},
            {"owner", std::move(owner)},
            {"os_hidden", false},
            {"os_hash_algo", nullptr},
            {"os_hash_value", nullptr},
            {"id", id},
            {"created_at", world_.iso()},
            {"updated_at", world_.iso()},
            {"tags", wanted["tags"].is_list() ? wanted["tags"] : Value(List{})},
            {"self", self},
            {"file", self + "/file"},
            {"schema", "/v2/schemas/image"}};
  return world_["image/images"].add(id, std::move(image));
}

void Glance::add_public(std::string name, std::string disk_format, std::string_view owner) {
  Map& image = add(
      std::move(name), std::string(owner),
      Map{{"disk_format", disk_format}, {"container_format", "bare"}, {"visibility", "public"}});
  image.set("size", kSize);
  image.set("virtual_size", kSize);
  image.set("status", "active");
  image.set("checksum", "b6d81b360a5672d80c27430f39153e2c");
  image.set("os_hash_algo", "sha512");
  image.set("os_hash_value", std::string(128, '0'));
  image.set("direct_url", "file:///images/" + text(image, "id"));
  image.set("stores", "file");
}

Reply Glance::serve(const Call& call) {
  if (call.path.empty()) {
    List versions;
    for (const char* version : kVersions)
      versions.push_back(
          Map{{"id", std::string("v") + version},
              {"status", versions.empty() ? "CURRENT" : "SUPPORTED"},
              {"links",
               List{Map{{"rel", "self"}, {"href", world_.options().base_url + "/image/v2/"}}}}});
    return {300, Map{{"versions", versions}}, {}};
  }
  if (call.part(0) != "v2" || call.part(1) != "images" || call.path.size() > 3)
    throw Refusal{404, "The resource could not be found.", ""};
  if (call.path.size() == 2 && call.method == "POST") {
    const Map& made = add(call.body["name"].string_or(""), call.caller.project_id, call.body);
    return {201, made, {{"Location", world_.options().base_url + "/image" + text(made, "self")}}};
  }
  if (call.path.size() == 2) return list(call);
  const std::string_view id = call.part(2);
  const Map* image = find(id);
  if (call.method == "DELETE") {
    if (!image || !visible(*image, call.caller))
      throw Refusal{404, "Failed to find image " + std::string(id) + " to delete", ""};
    if (!call.caller.admin() && !is(*image, "owner", call.caller.project_id))
      throw Refusal{403, "You are not permitted to delete this image.", ""};
    world_["image/images"].erase(id);
    return {204, {}, {}};
  }
  if (!image || !visible(*image, call.caller)) throw not_found(id);
  if (call.method != "GET")
    throw Refusal{501, "The simulated cloud's images can't be changed.", ""};
  return {200, *image, {}};
}

Reply Glance::list(const Call& call) {
  std::vector<Map> rows;
  for (const auto& [order, row] : world_["image/images"].rows())
    if (visible(row.object, call.caller) && matches(row.object, call.query))
      rows.push_back(row.object);
  sort_rows(rows, call.query);
  Page page = page_of(std::move(rows), call.query);
  if (page.unknown_marker)
    throw Refusal{400, "No image found with ID " + call.query.get("marker"), ""};
  std::string first = "/v2/images";
  for (const auto& [name, value] : call.query)
    if (name != "marker")
      first += (first.ends_with("images") ? "?" : "&") + name + "=" + percent_encode(value);
  List images;
  for (const Map& image : page.rows) images.push_back(image);
  Map body{{"images", images}, {"first", first}, {"schema", "/v2/schemas/images"}};
  if (page.more) body.set("next", first + "&marker=" + text(page.rows.back(), "id"));
  return {200, body, {}};
}

}  // namespace heat::twin
