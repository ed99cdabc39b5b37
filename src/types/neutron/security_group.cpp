#include <algorithm>

#include "base/error.h"
#include "resource/rest/rest_behaviour.h"
#include "text/write.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

/// What makes two rules the same, as Neutron sees it.
std::string rule_key(const Value& rule) {
  std::string key;
  for (const char* field : {"direction", "ethertype", "protocol", "port_range_min",
                            "port_range_max", "remote_group_id", "remote_ip_prefix"}) {
    const Value& value = rule[field];
    key += (value.is_string() ? value.as_string() : to_python_str(value)) + "|";
  }
  return key;
}

/// Neutron's own form of a rule of the template.
Map wire_rule(const Value& rule, const std::string& group_id) {
  Map wire{{"security_group_id", group_id}};
  const bool group = rule["remote_mode"] == Value("remote_group_id");
  for (const auto& entry : rule.as_map()) {
    if (entry.value.is_null() || entry.key == "remote_mode") continue;
    if (entry.key == (group ? "remote_ip_prefix" : "remote_group_id")) continue;
    wire.set(entry.key, entry.value);
  }
  if (group && !wire.contains("remote_group_id")) wire.set("remote_group_id", group_id);
  return wire;
}

/// The rules that `rules` of a template stand for: egress stays open unless one speaks of it.
List wanted_rules(const Value& rules, const std::string& group_id) {
  List wanted;
  bool egress = false;
  for (const Value& rule : rules.is_list() ? rules.as_list() : List()) {
    wanted.emplace_back(wire_rule(rule, group_id));
    egress = egress || rule["direction"] == Value("egress");
  }
  for (const char* version : {"IPv4", "IPv6"})
    if (!egress)
      wanted.emplace_back(
          Map{{"security_group_id", group_id}, {"direction", "egress"}, {"ethertype", version}});
  return wanted;
}

bool has(const List& rules, const std::string& key) {
  return std::ranges::any_of(rules, [&](const Value& rule) { return rule_key(rule) == key; });
}

class SecurityGroup : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override {
    RestBehaviour::validate(properties, path, problems);
    if (properties["name"] == Value("default"))
      problems.add(ErrorKind::StackValidationFailed,
                   "Security groups cannot be assigned the name \"default\": every project has one "
                   "already. Choose another name.",
                   path);
  }

  Task<> create(Resource& resource) override {
    co_await RestBehaviour::create(resource);
    if (resource.property("rules").truthy()) co_await keep_rules(resource);
  }

  Task<> update(Resource& resource, PropertyChanges changes) override {
    if (changes.contains("stateful")) co_await refuse_while_in_use(resource);
    const bool rules = changes.erase("rules") > 0;
    co_await RestBehaviour::update(resource, std::move(changes));
    if (rules) co_await keep_rules(resource);
  }

 private:
  /// Removes the rules that should not be and adds the missing ones. It looks first, so it can be
  /// taken again after a crash.
  Task<> keep_rules(Resource& resource) {
    co_await resource.step("rules", {}, [&]() -> Task<Value> {
      const auto group = co_await read(resource);
      if (!group) throw Error(ErrorKind::NotFound, "The security group is gone from the cloud.");
      const Value& shown = (*group)["security_group_rules"];
      const List today = shown.is_list() ? shown.as_list() : List();
      const List wanted = wanted_rules(resource.property("rules"), resource.physical_id());
      for (const Value& rule : today)
        if (!has(wanted, rule_key(rule))) co_await remove_rule(resource, rule["id"].as_string());
      List missing;
      for (const Value& rule : wanted)
        if (!has(today, rule_key(rule)) && !has(missing, rule_key(rule))) missing.push_back(rule);
      if (!missing.empty()) {
        CloudRequest call;
        call.service = "network";
        call.method = "POST";
        call.path = "/v2.0/security-group-rules";
        call.body = Map{{"security_group_rules", missing}};
        co_await resource.session().send(std::move(call));
      }
      co_return Value();
    });
  }

  Task<> remove_rule(Resource& resource, std::string id) {
    CloudRequest call;
    call.service = "network";
    call.method = "DELETE";
    call.path = "/v2.0/security-group-rules/" + id;
    (void)co_await resource.session().find(std::move(call));
  }

  Task<> refuse_while_in_use(Resource& resource) {
    CloudRequest list;
    list.service = "network";
    list.path = "/v2.0/ports?fields=id&security_groups=" + resource.physical_id();
    const Value answer = co_await resource.session().send(std::move(list));
    if (answer["ports"].truthy())
      throw Error(ErrorKind::NotSupported,
                  "Updating the \"stateful\" property while security group " +
                      resource.physical_id() +
                      " is attached to ports is not supported. Detach all ports and update again.");
  }
};

class SecurityGroupRule : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  void validate(const Value& properties, const Path& path, Diagnostics& problems) const override {
    RestBehaviour::validate(properties, path, problems);
    const Value& first = properties["port_range_min"];
    const Value& last = properties["port_range_max"];
    const std::string protocol = properties["protocol"].string_or("");
    const bool icmp = protocol == "icmp" || protocol == "icmpv6" || protocol == "ipv6-icmp";
    if (first.is_int() && last.is_int() && !icmp && last.as_int() < first.as_int())
      problems.add(ErrorKind::StackValidationFailed,
                   "The minimum port number must be less than or equal to the maximum port number.",
                   path);
  }
};

}  // namespace

std::shared_ptr<Behaviour> security_group(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<SecurityGroup>(file, type);
}

std::shared_ptr<Behaviour> security_group_rule(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<SecurityGroupRule>(file, type);
}

}  // namespace heat::neutron
