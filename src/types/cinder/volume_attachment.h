#pragma once

#include "resource/behaviour.h"

namespace heat {

/// OS::Cinder::VolumeAttachment: a volume at a server, made and unmade through Nova.
class VolumeAttachment final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
};

}  // namespace heat
