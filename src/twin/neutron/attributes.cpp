#include "twin/neutron/attributes.h"

#include "twin/listing.h"
#include "twin/objects.h"

namespace heat::twin::neutron {

namespace {

using Form = Attribute::Form;
using Write = Attribute::Write;

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = {
      {"networks",
       "network",
       "Network",
       {{"name", "", Form::Text},
        {"admin_state_up", true, Form::Bool},
        {"mtu", 1450},
        {"status", "ACTIVE", Form::Any, Write::Never},
        {"subnets", List{}, Form::Any, Write::Never},
        {"shared", false, Form::Bool},
        {"availability_zone_hints", List{}, Form::Any, Write::OnlyPost},
        {"availability_zones", List{}, Form::Any, Write::Never},
        {"ipv4_address_scope", nullptr, Form::Any, Write::Never},
        {"ipv6_address_scope", nullptr, Form::Any, Write::Never},
        {"router:external", false, Form::Bool},
        {"vlan_transparent", false, Form::Any, Write::OnlyPost},
        {"is_default", false, Form::Bool},
        {"description", "", Form::Text},
        {"port_security_enabled", true, Form::Bool},
        {"qos_policy_id", nullptr},
        {"dns_domain", "", Form::Text},
        {"l2_adjacency", true, Form::Any, Write::Never}}},
      {"subnets",
       "subnet",
       "Subnet",
       {{"name", "", Form::Text},
        {"network_id", nullptr, Form::Any, Write::OnlyPost, true},
        {"ip_version", nullptr, Form::Any, Write::OnlyPost, true},
        {"subnetpool_id", nullptr, Form::Any, Write::OnlyPost},
        {"enable_dhcp", true, Form::Bool},
        {"ipv6_ra_mode", nullptr, Form::Any, Write::OnlyPost},
        {"ipv6_address_mode", nullptr, Form::Any, Write::OnlyPost},
        {"gateway_ip", Value::unknown()},
        {"cidr", nullptr, Form::Any, Write::OnlyPost},
        {"prefixlen", Value::unknown(), Form::Any, Write::OnlyPost},
        {"segment_id", Value::unknown()},
        {"allocation_pools", Value::unknown()},
        {"host_routes", List{}},
        {"dns_nameservers", List{}},
        {"description", "", Form::Text},
        {"service_types", List{}}}},
      {"ports",
       "port",
       "Port",
       {{"name", "", Form::Text},
        {"network_id", nullptr, Form::Any, Write::OnlyPost, true},
        {"mac_address", Value::unknown()},
        {"admin_state_up", true, Form::Bool},
        {"status", "DOWN", Form::Any, Write::Never},
        {"device_id", "", Form::Text},
        {"device_owner", "", Form::Text},
        {"fixed_ips", Value::unknown()},
        {"allowed_address_pairs", List{}},
        {"extra_dhcp_opts", List{}},
        {"security_groups", Value::unknown()},
        {"description", "", Form::Text},
        {"binding:vnic_type", "normal", Form::Text},
        {"binding:host_id", Value::unknown()},
        {"binding:profile", Value::unknown()},
        {"port_security_enabled", Value::unknown(), Form::Bool},
        {"qos_policy_id", nullptr},
        {"qos_network_policy_id", nullptr, Form::Any, Write::Never},
        {"propagate_uplink_status", Value::unknown(), Form::Bool, Write::OnlyPost},
        {"dns_name", "", Form::Text},
        {"dns_assignment", List{}, Form::Any, Write::Never},
        {"dns_domain", "", Form::Text},
        {"ip_allocation", "immediate", Form::Any, Write::Never}}},
      {"routers",
       "router",
       "Router",
       {{"name", "", Form::Text},
        {"admin_state_up", true, Form::Bool},
        {"status", "ACTIVE", Form::Any, Write::Never},
        {"external_gateway_info", nullptr},
        {"description", "", Form::Text},
        {"distributed", Value::unknown(), Form::Bool},
        {"ha", Value::unknown(), Form::Bool},
        {"availability_zones", List{}, Form::Any, Write::Never},
        {"availability_zone_hints", List{}, Form::Any, Write::OnlyPost},
        {"routes", List{}, Form::Any, Write::OnlyPut},
        {"flavor_id", nullptr, Form::Any, Write::OnlyPost},
        {"conntrack_helpers", List{}, Form::Any, Write::Never}}},
      {"floatingips",
       "floatingip",
       "FloatingIP",
       {{"floating_ip_address", Value::unknown(), Form::Any, Write::OnlyPost},
        {"floating_network_id", nullptr, Form::Any, Write::OnlyPost, true},
        {"subnet_id", Value::unknown(), Form::Any, Write::OnlyPost},
        {"router_id", nullptr, Form::Any, Write::Never},
        {"port_id", nullptr},
        {"fixed_ip_address", nullptr},
        {"status", "DOWN", Form::Any, Write::Never},
        {"description", "", Form::Text},
        {"qos_policy_id", nullptr},
        {"port_details", nullptr, Form::Any, Write::Never},
        {"dns_domain", "", Form::Text, Write::OnlyPost},
        {"dns_name", "", Form::Text, Write::OnlyPost},
        {"port_forwardings", List{}, Form::Any, Write::Never}}},
      {"security-groups",
       "security_group",
       "SecurityGroup",
       {{"name", "", Form::Text},
        {"stateful", true, Form::Bool},
        {"description", "", Form::Text},
        {"shared", false, Form::Any, Write::Never}}},
      {"security-group-rules",
       "security_group_rule",
       "SecurityGroupRule",
       {{"security_group_id", nullptr, Form::Any, Write::OnlyPost, true},
        {"ethertype", "IPv4", Form::Text, Write::OnlyPost},
        {"direction", nullptr, Form::Any, Write::OnlyPost, true},
        {"protocol", nullptr, Form::Any, Write::OnlyPost},
        {"port_range_min", nullptr, Form::Any, Write::OnlyPost},
        {"port_range_max", nullptr, Form::Any, Write::OnlyPost},
        {"remote_ip_prefix", nullptr, Form::Any, Write::OnlyPost},
        {"remote_address_group_id", nullptr, Form::Any, Write::OnlyPost},
        {"normalized_cidr", nullptr, Form::Any, Write::Never},
        {"remote_group_id", nullptr, Form::Any, Write::OnlyPost},
        {"description", "", Form::Text, Write::OnlyPost}}},
  };
  return kKinds;
}

Value boolean(const Value& sent) {
  if (sent.is_bool()) return sent;
  const std::string text = query_text(sent);
  if (text == "true" || text == "True" || text == "1") return true;
  if (text == "false" || text == "False" || text == "0") return false;
  throw invalid_input("'" + text + "' cannot be converted to boolean.");
}

Value converted(const Attribute& attribute, const Value& sent) {
  if (attribute.form == Form::Bool) return boolean(sent);
  if (attribute.form == Form::Text && !sent.is_string())
    throw Refusal{400,
                  "Invalid input for " + std::string(attribute.name) + ". Reason: '" +
                      (sent.is_null() ? "None" : query_text(sent)) + "' is not a valid string.",
                  "HTTPBadRequest"};
  return sent;
}

void check_owner(const Value& project, const Caller& caller) {
  if (caller.admin() || project == Value(caller.project_id)) return;
  throw Refusal{400,
                "Specifying 'project_id' or 'tenant_id' other than the authenticated project in "
                "request requires admin or advsvc privileges",
                "HTTPBadRequest"};
}

bool owner(std::string_view name) { return name == "tenant_id" || name == "project_id"; }

void check_member(const Kind& kind, std::string_view name, Phase phase) {
  const auto known = std::find_if(kind.attributes.begin(), kind.attributes.end(),
                                  [&](const Attribute& each) { return each.name == name; });
  const bool server_set = name == "id" || name == "tags" || name == "revision_number" ||
                          name == "created_at" || name == "updated_at";
  if (known == kind.attributes.end() && !server_set)
    throw Refusal{400, "Unrecognized attribute(s) '" + std::string(name) + "'", "HTTPBadRequest"};
  const Write write = server_set ? Write::Never : known->write;
  if (phase == Phase::Post && (write == Write::Never || write == Write::OnlyPut))
    throw Refusal{400, "Attribute '" + std::string(name) + "' not allowed in POST",
                  "HTTPBadRequest"};
  if (phase == Phase::Put && (write == Write::Never || write == Write::OnlyPost))
    throw Refusal{400, "Cannot update read-only attribute " + std::string(name), "HTTPBadRequest"};
}

}  // namespace

const Kind* kind_named(std::string_view plural) {
  std::string name(plural);
  std::replace(name.begin(), name.end(), '_', '-');
  for (const Kind& kind : kinds())
    if (kind.plural == name) return &kind;
  return nullptr;
}

Map accept(const Kind& kind, const Value& sent, Phase phase, const Caller& caller) {
  if (!sent.is_map()) throw Refusal{400, "Invalid input for object: not a map", "HTTPBadRequest"};
  for (const auto& [name, value, key_kind] : sent.as_map())
    if (owner(name))
      check_owner(value, caller);
    else
      check_member(kind, name, phase);
  Map accepted;
  if (phase == Phase::Post) {
    const Value& project = sent.find("tenant_id") ? sent["tenant_id"] : sent["project_id"];
    accepted.set("tenant_id", project.is_null() ? Value(caller.project_id) : project);
  }
  for (const Attribute& attribute : kind.attributes) {
    const Value* value = sent.find(attribute.name);
    if (value)
      accepted.set(std::string(attribute.name), converted(attribute, *value));
    else if (phase == Phase::Post && attribute.required)
      throw Refusal{400,
                    "Failed to parse request. Required attribute '" + std::string(attribute.name) +
                        "' not specified",
                    "HTTPBadRequest"};
    else if (phase == Phase::Post && !attribute.initial.is(Value::Kind::Unknown))
      accepted.set(std::string(attribute.name), attribute.initial);
  }
  return accepted;
}

Refusal invalid_input(std::string message) {
  return {400, "Invalid input for operation: " + std::move(message), "InvalidInput"};
}

Refusal bad_request(std::string_view what, std::string message) {
  return {400, "Bad " + std::string(what) + " request: " + std::move(message), "BadRequest"};
}

Refusal not_found(const Kind& kind, std::string_view id) {
  // Neutron's own three ways to say it.
  std::string said = std::string(kind.word) + " " + std::string(id) + " could not be found.";
  if (kind.word == "Router" || kind.word == "FloatingIP") said.pop_back();
  if (kind.word == "FloatingIP") said.replace(0, 10, "Floating IP");
  if (kind.word == "SecurityGroup") said = "Security group " + std::string(id) + " does not exist";
  if (kind.word == "SecurityGroupRule")
    said = "Security group rule " + std::string(id) + " does not exist";
  return {404, std::move(said), std::string(kind.word) + "NotFound"};
}

Refusal in_use(std::string kind, std::string message) {
  return {409, std::move(message), std::move(kind)};
}

Address address_of(const Value& text) {
  const auto address = Address::parse(query_text(text));
  if (!address) throw invalid_input("'" + query_text(text) + "' is not a valid IP address.");
  return *address;
}

}  // namespace heat::twin::neutron
