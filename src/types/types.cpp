#include "types/types.h"

#include "base/check.h"
#include "resource/type_file.h"
#include "types/cinder/volume.h"
#include "types/cinder/volume_attachment.h"
#include "types/embedded.h"
#include "types/heat/behaviours.h"
#include "types/nova/key_pair.h"
#include "types/nova/server.h"

namespace heat {

namespace {

/// The behaviour of a type that is written by hand and needs nothing from its file.
template <class B>
std::shared_ptr<Behaviour> own(const TypeFile&, const ResourceType&) {
  return std::make_shared<B>();
}

struct Registration {
  const char* type;
  const char* file;
  MakeBehaviour behaviour;
};

/// All built-in types: a name, the file with its schema, and what carries it out.
std::vector<Registration> registrations(const TypeSettings& settings) {
  const auto server = [settings](const TypeFile&, const ResourceType&) {
    return std::make_shared<Server>(settings.server);
  };
  return {
      {"OS::Cinder::Volume", "cinder/volume.yaml", own<Volume>},
      {"OS::Cinder::VolumeAttachment", "cinder/volume_attachment.yaml", own<VolumeAttachment>},
      {"OS::Heat::None", "heat/none.yaml", own<NoneResource>},
      {"OS::Heat::RandomString", "heat/random_string.yaml", own<RandomString>},
      {"OS::Heat::TestResource", "heat/test_resource.yaml", own<TestResource>},
      {"OS::Heat::Value", "heat/value.yaml", own<ValueResource>},
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

}  // namespace

void register_types(Registry& registry, const TypeSettings& settings) {
  for (const Registration& registration : registrations(settings))
    registry.add(registration.type, [registration] { return load(registration); });
}

}  // namespace heat
