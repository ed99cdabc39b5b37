#pragma once

#include "resource/behaviour.h"

namespace heat {

/// OS::Nova::KeyPair. Its id is its name, so an old one goes before its replacement comes. A
/// private key that Nova makes is kept, sealed, in the resource's data where the template asks for
/// it.
class KeyPair final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> remove(Resource& resource) override;
  Task<> consult(Value properties, Path path, Session& session,
                 Diagnostics& problems) const override;
  Value reference_id(const ResourceRow& row) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<bool> exists(std::string id, Session& session) const override;
  Task<bool> healthy(Resource& resource) override;
  Task<> release(Resource& old) override;
  Task<> reclaim(Resource& old) override;
};

}  // namespace heat
