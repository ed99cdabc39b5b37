// Security groups and their rules.
#include "twin/listing.h"
#include "twin/neutron/neutron.h"

namespace heat::twin {

using namespace neutron;

namespace {

Refusal refuse_rule(int status, std::string kind, std::string message) {
  return {status, std::move(message), std::move(kind)};
}

void check_choice(const Map& rule, std::string_view member, std::string_view a,
                  std::string_view b) {
  const std::string value = text(rule, member);
  if (value != a && value != b)
    throw refuse_rule(400, "HTTPBadRequest",
                      "Invalid input for " + std::string(member) + ". Reason: " + value +
                          " is not in valid_values.");
}

/// Neutron takes a port as text, too, and shows it as a number.
void read_port(Map& rule, std::string_view end) {
  const Value& port = get(rule, end);
  if (!port.is_string()) return;
  const std::string& digits = port.as_string();
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != digits.npos)
    throw refuse_rule(400, "SecurityGroupInvalidPortValue",
                      "Invalid value for port " + digits + ".");
  rule.set(std::string(end), Value::integer(digits));
}

void check_ports(const Map& rule) {
  const Value& low = get(rule, "port_range_min");
  const Value& high = get(rule, "port_range_max");
  if (low.is_null() && high.is_null()) return;
  const std::string protocol = text(rule, "protocol");
  if (protocol.empty())
    throw refuse_rule(400, "SecurityGroupProtocolRequiredWithPorts",
                      "Must also specify protocol if port range is given.");
  const bool icmp = protocol.starts_with("icmp") || protocol == "1" || protocol == "58";
  if (!icmp && (!low.is_int() || !high.is_int() || low.as_int() > high.as_int()))
    throw refuse_rule(400, "SecurityGroupInvalidPortRange",
                      "For TCP/UDP protocols, port_range_min must be <= port_range_max");
}

/// What makes two rules of one group the same rule.
constexpr std::string_view kIdentity[] = {
    "security_group_id", "ethertype",       "direction",
    "protocol",          "port_range_min",  "port_range_max",
    "normalized_cidr",   "remote_group_id", "remote_address_group_id"};

bool same_rule(const Map& a, const Map& b) {
  return std::all_of(std::begin(kIdentity), std::end(kIdentity),
                     [&](std::string_view member) { return get(a, member) == get(b, member); });
}

}  // namespace

std::string Neutron::default_group(std::string_view project) {
  for (const auto& [order, row] : objects("security-groups").rows())
    if (is(row.object, "tenant_id", project) && is(row.object, "name", "default")) return row.id;
  const Caller system = Caller::service(std::string(project));
  return text(create("security-groups",
                     Map{{"name", "default"}, {"description", "Default security group"}}, system),
              "id");
}

std::string Neutron::group_named(std::string_view name, const Caller& caller) {
  if (name == "default") return default_group(caller.project_id);
  if (find("security-groups", name, caller)) return std::string(name);
  for (const auto& [order, row] : objects("security-groups").rows())
    if (is(row.object, "name", name) && is(row.object, "tenant_id", caller.project_id))
      return row.id;
  throw Refusal{400, "Unable to find security_group with name or id '" + std::string(name) + "'",
                "SecurityGroupNotFound"};
}

void Neutron::prepare_group(Map& group) {
  const std::string project = text(group, "tenant_id");
  for (const auto& [order, row] : objects("security-groups").rows())
    if (is(group, "name", "default") && is(row.object, "name", "default") &&
        is(row.object, "tenant_id", project))
      throw Refusal{409, "Default security group already exists.",
                    "SecurityGroupDefaultAlreadyExists"};
  if (!is(group, "name", "default")) default_group(project);
}

void Neutron::add_default_rules(const Map& group, bool own_members) {
  const Caller system = Caller::service(text(group, "tenant_id"));
  const auto add = [&](const char* direction, const char* ethertype, const Value& members) {
    Map& rule = create("security-group-rules",
                       Map{{"security_group_id", get(group, "id")},
                           {"direction", direction},
                           {"ethertype", ethertype},
                           {"remote_group_id", members}},
                       system);
    rule.set("description", nullptr);
  };
  for (const char* ethertype : {"IPv4", "IPv6"}) {
    add("egress", ethertype, nullptr);
    if (own_members) add("ingress", ethertype, get(group, "id"));
  }
}

void Neutron::prepare_rule(Map& rule, const Caller& caller) {
  check_choice(rule, "direction", "ingress", "egress");
  check_choice(rule, "ethertype", "IPv4", "IPv6");
  if (const Value& protocol = get(rule, "protocol"); !protocol.is_null()) {
    const std::string name = query_text(protocol);
    rule.set("protocol", name == "any" ? Value() : Value(name));
  }
  read_port(rule, "port_range_min");
  read_port(rule, "port_range_max");
  check_ports(rule);
  need("security-groups", get(rule, "security_group_id"), caller);
  if (!get(rule, "remote_group_id").is_null())
    need("security-groups", get(rule, "remote_group_id"), caller);
  rule.set("normalized_cidr", nullptr);
  if (const Value& prefix = get(rule, "remote_ip_prefix"); !prefix.is_null()) {
    std::string wanted = query_text(prefix);
    if (wanted.find('/') == wanted.npos)
      wanted += get(rule, "ethertype") == Value("IPv4") ? "/32" : "/128";
    const auto cidr = Cidr::parse(wanted);
    if (!cidr)
      throw refuse_rule(400, "HTTPBadRequest",
                        "Invalid input for remote_ip_prefix. Reason: '" + query_text(prefix) +
                            "' is not a valid CIDR.");
    rule.set("remote_ip_prefix", wanted);
    rule.set("normalized_cidr", cidr->str());
  }
  for (const auto& [order, row] : objects("security-group-rules").rows())
    if (same_rule(row.object, rule))
      throw refuse_rule(409, "SecurityGroupRuleExists",
                        "Security group rule already exists. Rule id is " + row.id + ".");
}

void Neutron::remove_group(Map& group, const Caller& caller) {
  const std::string id = text(group, "id");
  if (is(group, "name", "default") && !caller.admin())
    throw Refusal{409, "Insufficient rights for removing default security group.",
                  "SecurityGroupCannotRemoveDefault"};
  for (const auto& [order, row] : objects("ports").rows())
    for (const Value& used : get(row.object, "security_groups").as_list())
      if (used == Value(id))
        throw Refusal{409, "Security Group " + id + " in use.", "SecurityGroupInUse"};
  std::vector<std::string> rules;
  for (const auto& [order, row] : objects("security-group-rules").rows())
    if (is(row.object, "security_group_id", id) || is(row.object, "remote_group_id", id))
      rules.push_back(row.id);
  for (const std::string& rule : rules) objects("security-group-rules").erase(rule);
}

void Neutron::check_groups(const Value& groups, const Caller& caller) {
  if (!groups.is_list()) throw invalid_input("'security_groups' must be a list.");
  for (const Value& group : groups.as_list()) need("security-groups", group, caller);
}

}  // namespace heat::twin
