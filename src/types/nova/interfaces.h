#pragma once

#include "resource/resource.h"

/// A server's network interfaces: which ports are made for it, what Nova is asked for, and what an
/// update of `networks` detaches and attaches.
///
/// Ports that we make for an interface ("internal") are kept in the resource's data, like those
/// that Nova makes ("external"), and go with the server.
namespace heat::nova {

/// The `networks` of the request that makes the server: a list, "auto", "none", or null to leave it
/// to Nova. Makes the ports it needs, points floating IPs at them.
Task<Value> make_interfaces(Resource& resource);
/// Whether an entry asks for what needs a newer microversion.
bool has_string_network(const Value& networks);
bool has_interface_tag(const Value& networks);

/// Brings the interfaces of a running server from the applied `networks` to the new ones.
Task<> update_interfaces(Resource& resource, Value before, Value after);

/// Notes the ports that Nova made for the server.
Task<> note_external_ports(Resource& resource);
Task<> remove_internal_ports(Resource& resource);

/// Takes the ports from a server that is to be replaced, so that the new one can have them; and
/// gives them back where the replacement is rolled back.
Task<> release_ports(Resource& old);
Task<> reclaim_ports(Resource& old);

void validate_networks(const Value& properties, const Path& path, Diagnostics& problems);

}  // namespace heat::nova
