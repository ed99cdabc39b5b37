#include <tuple>

#include "base/error.h"
#include "cloud/find_id.h"
#include "net/url.h"
#include "text/write.h"
#include "types/nova/compute.h"
#include "types/nova/interfaces.h"
#include "types/nova/server.h"

namespace heat {

using namespace nova;

namespace {

/// The image, or nothing where it can't be told which it is: that has been said already, or it will
/// be made by then.
Task<Value> image_named(Session& session, Value name) {
  if (!name.is_string()) co_return Value();
  CloudRequest by_id, by_name;
  by_id.service = by_name.service = "image";
  by_id.path = "/v2/images/" + percent_encode(name.as_string());
  by_name.path = "/v2/images?" + build_query({{"name", name.as_string()}});
  if (looks_like_uuid(name.as_string())) co_return co_await session.fact(by_id);
  co_return (co_await session.fact(by_name))["images"][0];
}

Task<Value> flavor_named(Session& session, Value name) {
  const Value answer =
      co_await session.fact(compute("GET", "/flavors/detail?is_public=None&limit=1000"));
  if (answer["flavors"].is_list())
    for (const Value& flavor : answer["flavors"].as_list())
      if (flavor["id"] == name || flavor["name"] == name) co_return flavor;
  co_return Value();
}

/// Complains where the flavor has less of something than the image needs.
void compare(const Value& properties, const std::string& what, const Value& needed,
             const Value& given, const Path& path, Diagnostics& problems) {
  if (!needed.is_number() || !given.is_number() || given.as_double() >= needed.as_double()) return;
  problems.add(ErrorKind::StackValidationFailed,
               "Image " + properties["image"].as_string() + " needs at least " +
                   to_python_str(needed) + what + "; flavor " + properties["flavor"].as_string() +
                   " has only " + to_python_str(given) + ". Choose a larger flavor.",
               path);
}

Task<> consult_image(Value properties, Path path, Session& session, Diagnostics& problems) {
  const Value image = co_await image_named(session, properties["image"]);
  const Value flavor = co_await flavor_named(session, properties["flavor"]);
  if (image.is_null() || flavor.is_null()) co_return;
  if (image["status"] != Value("active"))
    problems.add(ErrorKind::StackValidationFailed,
                 "Image " + properties["image"].as_string() + " is " +
                     image["status"].string_or("?") + "; only an active one can be used.",
                 path);
  compare(properties, " MB of memory", image["min_ram"], flavor["ram"], path, problems);
  compare(properties, " GB of disk", image["min_disk"], flavor["disk"], path, problems);
}

bool has_volume_type(const Value& devices) {
  if (devices.is_list())
    for (const Value& device : devices.as_list())
      if (device["volume_type"].truthy()) return true;
  return false;
}

void consult_versions(const Value& properties, const Path& path, const std::string& newest,
                      Diagnostics& problems) {
  const Value& networks = properties["networks"];
  const std::tuple<bool, const char*, const char*> needs[] = {
      {properties["tags"].truthy(), "tags", kTags},
      {has_string_network(networks), "networks.allocate_network", kStringNetworks},
      {has_interface_tag(networks), "networks.tag", kInterfaceTags},
      {has_volume_type(properties["block_device_mapping_v2"]),
       "block_device_mapping_v2.volume_type", kVolumeType}};
  for (const auto& [used, property, version] : needs)
    if (used && !supports(newest, version))
      problems.add(ErrorKind::StackValidationFailed,
                   std::string(property) + " needs microversion " + version +
                       " of Nova; this one knows " + newest + " at most.",
                   path);
  if (properties["personality"].truthy() && supports(newest, kRebuildUserData))
    problems.add(ErrorKind::StackValidationFailed,
                 "This Nova no longer takes personality; use user_data.", path);
}

Task<> consult_limits(Value properties, Path path, Session& session, Diagnostics& problems) {
  const Value limits = (co_await session.fact(compute("GET", "/limits")))["limits"]["absolute"];
  const auto complain = [&](const std::string& what, std::size_t number, const Value& limit) {
    if (!limit.is_number() || limit.as_double() < 0 ||
        static_cast<double>(number) <= limit.as_double())
      return;
    problems.add(ErrorKind::StackValidationFailed,
                 what + ": " + std::to_string(number) + " are given, and this Nova takes at most " +
                     to_python_str(limit) + ".",
                 path);
  };
  if (properties["metadata"].is_map())
    complain("Entries of metadata", properties["metadata"].as_map().size(),
             limits["maxServerMeta"]);
  if (!properties["personality"].is_map()) co_return;
  const Map& files = properties["personality"].as_map();
  complain("Files of personality", files.size(), limits["maxPersonality"]);
  for (const auto& [name, content, kind] : files)
    complain("Bytes of personality file " + name, content.string_or("").size(),
             limits["maxPersonalitySize"]);
}

}  // namespace

Task<> Server::consult(Value properties, Path path, Session& session, Diagnostics& problems) const {
  if (properties["image"].is_string() && properties["flavor"].is_string())
    co_await consult_image(properties, path, session, problems);
  consult_versions(properties, path, co_await newest_microversion(session), problems);
  if (properties["metadata"].truthy() || properties["personality"].truthy())
    co_await consult_limits(std::move(properties), std::move(path), session, problems);
}

}  // namespace heat
