#pragma once

#include <string>
#include <vector>

#include "resource/resource.h"

/// The ports of a server: made, found again, remembered in the resource's data, removed.
namespace heat::nova {

enum class PortOwner { Internal, External };  ///< made by us, made by Nova

std::vector<std::string> known_ports(const Resource& resource, PortOwner owner);
void remember_port(Resource& resource, PortOwner owner, const std::string& id);
void forget_port(Resource& resource, PortOwner owner, const std::string& id);

/// The network of an entry of `networks`: its own, or that of its subnet; empty where it has
/// neither.
Task<std::string> network_of(Resource& resource, Value interface);
/// Ids of security groups given by name or id.
Task<Value> security_group_ids(Resource& resource, Value groups);

/// Whether we make the port of this entry, rather than Nova.
bool wants_own_port(const Value& interface);
/// Makes the port of entry `number`; gives its id. `step` names the durable step.
Task<std::string> make_port(Resource& resource, std::string step, Value interface,
                            std::size_t number, Value security_groups);
Task<> remove_port(Resource& resource, std::string id);
/// The fixed_ips of a port; null where it is gone.
Task<Value> addresses_of_port(Resource& resource, std::string id);
Task<> set_port_addresses(Resource& resource, std::string id, Value fixed_ips);
Task<> set_port_groups(Resource& resource, std::string id, Value security_groups);

Task<> associate_floating_ip(Resource& resource, std::string floating_ip, std::string port,
                             Value fixed_ip);
Task<> disassociate_floating_ip(Resource& resource, std::string floating_ip);

/// The server's interfaces as Nova lists them.
Task<List> interfaces_of(Resource& resource);

}  // namespace heat::nova
