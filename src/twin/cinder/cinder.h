#pragma once

#include "twin/call.h"
#include "twin/glance/glance.h"
#include "twin/world.h"

namespace heat::twin {

/// Block storage v3: volumes, types, snapshots and backups, without data.
class Cinder final : public Service {
 public:
  Cinder(World& world, Glance& glance) : world_(world), glance_(glance) {}

  Reply serve(const Call& call) override;
  Reply refuse(const Refusal& refusal, const Call& call) const override;
  bool open(const Call& call) const override { return call.path.size() <= 1; }

  void add_type(std::string name, Value description);

  // What Nova does here.
  Map* find(std::string_view volume, const Caller& caller);
  Map& create(const Value& wanted, const Caller& caller);
  /// The attachment's id.
  std::string attach(Map& volume, std::string_view server, std::string_view device);
  void detach(Map& volume, std::string_view server);
  void remove(std::string_view volume);

 private:
  static Refusal not_found(std::string_view word, std::string_view id);
  static bool mine(const Map& object, const Caller& caller);
  Reply route(const Call& call);
  Reply volumes(const Call& call);
  Reply volume_action(Map& volume, const Call& call);
  Reply metadata(Map& object, const Call& call);
  Reply types(const Call& call);
  Reply snapshots(const Call& call);
  Map make_snapshot(const Call& call);
  Reply backups(const Call& call);
  Map make_backup(const Call& call);
  Reply limits(const Call& call);
  Reply quotas(const Call& call);
  Map& need(std::string_view volume, const Caller& caller);
  Map shown(const Map& volume, bool whole) const;
  List links(const Map& object, std::string_view collection) const;
  bool has_snapshots(std::string_view volume);
  void touch(Map& object) { object.set("updated_at", stamp()); }
  std::string stamp() const { return world_.iso_micros(); }
  Objects& all(std::string_view collection) { return world_["volume/" + std::string(collection)]; }

  World& world_;
  Glance& glance_;
};

/// "volume 3.59" as the request asks for it; 3.0 where it asks for none.
std::string block_storage_version(const Call& call);

}  // namespace heat::twin
