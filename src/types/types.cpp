#include "types/types.h"

#include "base/check.h"
#include "cloud/session.h"
#include "resource/type_file.h"
#include "types/cinder/volume.h"
#include "types/cinder/volume_attachment.h"
#include "types/embedded.h"
#include "types/heat/behaviours.h"
#include "types/neutron/neutron.h"
#include "types/nova/key_pair.h"
#include "types/nova/server.h"

namespace heat {

namespace {

/// A behaviour that is written by hand and needs nothing from its file but the schema.
template <class B>
std::shared_ptr<Behaviour> own(const TypeFile&, const ResourceType&) {
  return std::make_shared<B>();
}

constexpr std::string_view kVolume = "OS::Cinder::Volume";

struct Registration {
  std::string type;
  const char* file;
  MakeBehaviour behaviour;
};

/// All built-in types: a name, the file with its schema, and what carries it out.
std::vector<Registration> registrations(const TypeSettings& settings) {
  const auto server = [settings](const TypeFile&, const ResourceType&) {
    return std::make_shared<Server>(settings.server);
  };
  return {
      {std::string(kVolume), "cinder/volume.yaml", own<Volume>},
      {"OS::Cinder::VolumeAttachment", "cinder/volume_attachment.yaml", own<VolumeAttachment>},
      {"OS::Heat::None", "heat/none.yaml", own<NoneResource>},
      {"OS::Heat::RandomString", "heat/random_string.yaml", own<RandomString>},
      {"OS::Heat::TestResource", "heat/test_resource.yaml", own<TestResource>},
      {"OS::Heat::Value", "heat/value.yaml", own<ValueResource>},
      {"OS::Neutron::FloatingIP", "neutron/floating_ip.yaml", neutron::floating_ip},
      {"OS::Neutron::FloatingIPAssociation", "neutron/floating_ip_association.yaml",
       neutron::floating_ip_association},
      {"OS::Neutron::Net", "neutron/net.yaml", neutron::net},
      {"OS::Neutron::Port", "neutron/port.yaml", neutron::port},
      {"OS::Neutron::Router", "neutron/router.yaml", neutron::router},
      {"OS::Neutron::RouterGateway", "neutron/router_gateway.yaml", neutron::router_gateway},
      {"OS::Neutron::RouterInterface", "neutron/router_interface.yaml", neutron::router_interface},
      {"OS::Neutron::SecurityGroup", "neutron/security_group.yaml", neutron::security_group},
      {"OS::Neutron::SecurityGroupRule", "neutron/security_group_rule.yaml",
       neutron::security_group_rule},
      {"OS::Neutron::Subnet", "neutron/subnet.yaml", neutron::subnet},
      {"OS::Nova::KeyPair", "nova/key_pair.yaml", own<KeyPair>},
      {"OS::Nova::Server", "nova/server.yaml", server},
  };
}

std::string_view text_of(const std::string& file) {
  const auto found = embedded_files().find(file);
  check(found != embedded_files().end(), "a resource type's file is not built in: " + file);
  return found->second;
}

std::shared_ptr<const ResourceType> load(const Registration& registration) {
  const std::string file = registration.file;
  const std::string family = file.substr(0, file.find('/')) + "/family.yaml";
  const bool has_family = embedded_files().contains(family);
  return make_type(TypeFile::read(text_of(file), file, has_family ? text_of(family) : "", family),
                   registration.behaviour);
}

std::shared_ptr<const ResourceType> without_backups(const ResourceType& type) {
  auto without = std::make_shared<ResourceType>(type);
  without->can.erase("snapshot_on_delete");
  without->cannot["snapshot_on_delete"] = "volume backup service is not enabled";
  return without;
}

std::map<std::string, Finder> load_finders() {
  std::map<std::string, Finder> all;
  for (const auto& [file, text] : embedded_files())
    if (file.ends_with("/family.yaml"))
      all.merge(read_finders(TypeFile::read(text, std::string(file)).own));
  return all;
}

}  // namespace

void register_types(Registry& registry, const TypeSettings& settings) {
  registry.add_finders(load_finders);
  for (const Registration& registration : registrations(settings)) {
    const bool bare = registration.type == kVolume && !settings.volume_backups;
    registry.add(registration.type, [registration, bare] {
      auto type = load(registration);
      return bare ? without_backups(*type) : type;
    });
  }
}

}  // namespace heat
