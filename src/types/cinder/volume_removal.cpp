#include "base/error.h"
#include "net/url.h"
#include "resource/recognise.h"
#include "types/cinder/block_storage.h"
#include "types/cinder/volume.h"

// How a volume goes, and what is kept of it.
namespace heat {

using namespace cinder;

namespace {

/// A server that has just gone may hold its volumes for a moment longer.
constexpr int kPatience = 10;
constexpr const char* kBackup = "final_backup";

/// Cinder is at it, and refuses to delete it till then.
bool is_worked_on(std::string_view status) {
  for (const std::string_view each : {"creating", "downloading", "extending", "backing-up"})
    if (status == each) return true;
  return false;
}

Task<bool> deletable(Resource& resource, int& polls) {
  const auto volume = co_await find_volume(resource.session(), resource.physical_id());
  if (!volume) co_return true;
  const std::string status = (*volume)["status"].string_or("");
  if (is_worked_on(status)) co_return false;
  if (status != "in-use" && status != "detaching") co_return true;
  if (++polls > kPatience)
    throw Error(ErrorKind::Error, "Volume in use: detach volume " + resource.physical_id() +
                                      " from its server first");
  co_return false;
}

Task<> wait_until_free(Resource& resource) {
  int polls = 0;
  co_await resource.wait([&] { return deletable(resource, polls); });
}

/// The backup that a lost try began.
Task<std::optional<Value>> find_begun(Resource& resource) {
  const Value answer = co_await resource.session().send(block_storage(
      "GET", "/backups/detail?" + build_query({{"volume_id", resource.physical_id()}})));
  std::vector<Lookalike> alike;
  for (const Value& backup : answer["backups"].as_list())
    alike.push_back({backup["id"].as_string(), backup["created_at"]});
  co_return co_await only_one(resource, "backup", std::move(alike), resource.begun("preserve"));
}

/// The backup's id; null where there is no volume any more.
Task<Value> post_backup(Resource& resource) {
  const auto answer = co_await resource.session().find(block_storage(
      "POST", "/backups",
      Map{{"backup",
           Map{{"volume_id", resource.physical_id()}, {"name", resource.physical_name()}}}}));
  co_return answer ? (*answer)["backup"]["id"] : Value();
}

Task<bool> backed_up(Resource& resource, std::string id) {
  const Value answer = co_await resource.session().send(block_storage("GET", "/backups/" + id));
  const Value& backup = answer["backup"];
  const std::string status = backup["status"].string_or("");
  if (status == "available") co_return true;
  if (status == "creating") co_return false;
  throw Error(ErrorKind::ResourceUnknownStatus,
              "Volume backup failed - Unknown status " + status + " due to \"" +
                  backup["fail_reason"].string_or("Unknown") + "\"");
}

Task<bool> gone(Resource& resource) {
  const auto volume = co_await find_volume(resource.session(), resource.physical_id());
  if (!volume) co_return true;
  if ((*volume)["status"] == Value("error_deleting"))
    throw Error(ErrorKind::ResourceInError, "Went to status error_deleting due to \"delete\"");
  co_return false;
}

}  // namespace

Task<> Volume::remove(Resource& resource) {
  if (resource.physical_id().empty()) co_return;
  co_await wait_until_free(resource);
  const auto volume = co_await find_volume(resource.session(), resource.physical_id());
  if (!volume) co_return;
  if ((*volume)["status"] != Value("deleting"))
    co_await resource.session().find(block_storage("DELETE", "/volumes/" + resource.physical_id()));
  co_await resource.wait([&] { return gone(resource); });
}

Task<> Volume::preserve(Resource& resource) {
  // The deletion may have failed after that, and is tried again.
  if (resource.physical_id().empty() || !resource.data(kBackup).empty()) co_return;
  co_await wait_until_free(resource);
  const Value id = co_await resource.step(
      "preserve", [&] { return find_begun(resource); }, [&] { return post_backup(resource); });
  if (id.is_null()) co_return;
  co_await resource.wait([&] { return backed_up(resource, id.as_string()); });
  resource.set_data(kBackup, id.as_string());
  co_await resource.save();
}

}  // namespace heat
