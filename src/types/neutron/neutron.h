#pragma once

#include "resource/type_file.h"

// The Neutron types whose file does not say everything. Each makes the behaviour of its type.
namespace heat::neutron {

std::shared_ptr<Behaviour> net(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> subnet(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> port(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> router(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> router_gateway(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> router_interface(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> floating_ip(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> floating_ip_association(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> security_group(const TypeFile& file, const ResourceType& type);
std::shared_ptr<Behaviour> security_group_rule(const TypeFile& file, const ResourceType& type);

}  // namespace heat::neutron
