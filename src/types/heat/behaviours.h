#pragma once

#include "resource/behaviour.h"

// What Heat makes itself, without any service.
namespace heat {

/// Keeps a text; waits, fails and asks for its replacement as its properties say.
class TestResource final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  std::string replaces(const ResourceType& type, const Value& before, const Value& after,
                       const PropertyChanges& changes) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<bool> healthy(Resource& resource) override;
};

class RandomString final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> remove(Resource& resource) override;
  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override;
  Value reference_id(const ResourceRow& row) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<bool> healthy(Resource& resource) override;
};

/// OS::Heat::Value. Its type only says what values are accepted: the attribute is the value as it
/// was given.
class ValueResource final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override;
  Task<Map> attributes(Resource& resource, std::set<std::string> names) override;
  Task<bool> healthy(Resource& resource) override;
};

/// Takes the place of any resource: accepts every property, gives null for every attribute.
class NoneResource final : public Behaviour {
 public:
  Task<> create(Resource& resource) override;
  Task<> update(Resource& resource, PropertyChanges changes) override;
  Task<> remove(Resource& resource) override;
  Task<bool> healthy(Resource& resource) override;
  bool placeholder() const override { return true; }
};

}  // namespace heat
