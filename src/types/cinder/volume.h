#pragma once

#include "resource/behaviour.h"

namespace heat {

/// OS::Cinder::Volume: new, from an image, a snapshot, a volume or a backup. It can grow while in
/// use; what needs it free (a restore, another access mode) detaches it and attaches it again. What
/// is preserved of it is a backup.
class Volume final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<Value> live(Resource& resource) override;
  Task<bool> exists(std::string id, Session& session) const override;
  Task<> check(Resource& resource) override;
  Task<> preserve(Resource& resource) override;
  Task<bool> healthy(Resource& resource) override;
};

}  // namespace heat
