#pragma once

#include "resource/behaviour.h"

namespace heat {

/// OS::Nova::Server. Waits until the server is ACTIVE; updates it in place where the policies say
/// so. What is preserved of it is an image.
class Server final : public Behaviour {
 public:
  /// What heat.conf says of how agents on servers reach the CloudFormation API.
  struct Settings {
    std::string metadata_server_url;    ///< heat_metadata_server_url; empty: the catalogue's
    bool is_secure = false;             ///< instance_connection_is_secure
    bool validate_certificates = true;  ///< instance_connection_https_validate_certificates
    bool operator==(const Settings&) const = default;
  };
  explicit Server(Settings settings) : settings_(std::move(settings)) {}

  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override;
  Task<> consult(Value properties, Path path, Session& session,
                 Diagnostics& problems) const override;
  std::string replaces(const ResourceType& type, const Value& before, const Value& after,
                       const PropertyChanges& changes) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<Value> live(Resource& resource) override;
  Task<bool> exists(std::string id, Session& session) const override;
  Task<> check(Resource& resource) override;
  Task<> preserve(Resource& resource) override;
  Task<bool> healthy(Resource& resource) override;
  Neighbours depends(const Sibling& self, const Siblings& all) const override;
  Task<> release(Resource& old) override;
  Task<> reclaim(Resource& old) override;

 private:
  Task<Value> request(Resource& resource, Value networks);
  Task<std::string> user_data(Resource& resource);

  Settings settings_;
};

}  // namespace heat
