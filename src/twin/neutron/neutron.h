#pragma once

#include <map>
#include <set>

#include "twin/addresses.h"
#include "twin/call.h"
#include "twin/neutron/attributes.h"
#include "twin/world.h"

namespace heat::twin {

/// Networking v2.0. The generic part (neutron.cpp) makes, shows, lists, changes and removes objects
/// of every kind; the rules of each kind are beside it.
class Neutron final : public Service {
 public:
  explicit Neutron(World& world) : world_(world) {}

  Reply serve(const Call& call) override;
  Reply refuse(const Refusal& refusal, const Call& call) const override;
  bool open(const Call& call) const override { return call.path.empty(); }

  // What Nova and the seed do here. They throw Refusal as requests do.
  Map& create(std::string_view plural, const Value& sent, const Caller& caller);
  void remove(std::string_view plural, std::string_view id, const Caller& caller);
  Map* find(std::string_view plural, std::string_view id, const Caller& caller);
  void bind_port(Map& port, std::string_view server, std::string_view owner);
  void unbind_port(Map& port);
  void add_interface(std::string_view router, std::string_view subnet, const Caller& caller);
  Objects& objects(std::string_view plural);
  std::string default_group(std::string_view project);
  /// The id of the caller's security group of that name or id. Throws Refusal.
  std::string group_named(std::string_view name, const Caller& caller);

 private:
  Reply collection(const neutron::Kind& kind, const Call& call);
  Reply member(const neutron::Kind& kind, const Call& call);
  Reply tags(const neutron::Kind& kind, Map& object, const Call& call);
  Reply quotas(const Call& call);
  Reply extensions(const Call& call);
  Reply router_action(Map& router, const Call& call);

  List create_all(const neutron::Kind& kind, const Value& sent, const Caller& caller);
  Map& create(const neutron::Kind& kind, const Value& sent, const Caller& caller);
  void update(const neutron::Kind& kind, Map& object, const Value& sent, const Caller& caller);
  void remove(const neutron::Kind& kind, Map& object, const Caller& caller);
  Map shown(const neutron::Kind& kind, const Map& object, const Caller& caller);
  Value port_details(const Map& floating_ip);
  bool visible(const neutron::Kind& kind, const Map& object, const Caller& caller);
  bool writable(const neutron::Kind& kind, const Map& object, const Caller& caller);
  Map& need(std::string_view plural, const Value& id, const Caller& caller);
  void check_quota(const neutron::Kind& kind, std::string_view project);
  void touch(Map& object);

  void prepare_network(Map& network, const Caller& caller);
  void prepare_subnet(Map& subnet, const Caller& caller);
  void change_subnet(Map& subnet, Map& changes);
  void prepare_port(Map& port, const Caller& caller);
  void change_port(Map& port, Map& changes, const Caller& caller);
  void remove_port(Map& port);
  void remove_network(Map& network);
  void remove_subnet(Map& subnet);
  List allocate(std::string_view network, const Value& wanted, std::string_view device_owner);
  Map allocate_one(std::string_view network, const Value& wanted, std::string_view device_owner);
  Value allocate_from(const Map& subnet);
  void take_address(std::string_view subnet, const Address& address);
  void release_addresses(const Value& fixed_ips);
  std::vector<Map*> subnets_of(std::string_view network);
  std::vector<Map*> ports_where(std::string_view member, std::string_view value);

  void prepare_router(Map& router, const Caller& caller);
  void set_gateway(Map& router, const Value& wanted, const Caller& caller);
  void clear_gateway(Map& router);
  void remove_router(Map& router);
  Map attach(Map& router, const Value& wanted, const Caller& caller);
  Map detach(Map& router, const Value& wanted, const Caller& caller);
  void prepare_floating_ip(Map& floating_ip, const Caller& caller);
  void associate(Map& floating_ip, const Map& changes, const Caller& caller);
  void dissociate(Map& floating_ip);
  void remove_floating_ip(Map& floating_ip);
  std::string router_between(std::string_view subnet, std::string_view external);

  void prepare_group(Map& group);
  void add_default_rules(const Map& group, bool own_members);
  void prepare_rule(Map& rule, const Caller& caller);
  void remove_group(Map& group, const Caller& caller);
  void check_groups(const Value& groups, const Caller& caller);

  World& world_;
  std::map<std::string, std::set<Address>, std::less<>> taken_;  // of each subnet
};

}  // namespace heat::twin
