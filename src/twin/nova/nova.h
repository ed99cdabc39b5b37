#pragma once

#include "twin/call.h"
#include "twin/cinder/cinder.h"
#include "twin/glance/glance.h"
#include "twin/neutron/neutron.h"
#include "twin/world.h"

namespace heat::twin {

/// Compute v2.1, microversions 2.1 to 2.93: servers whose ports are Neutron's and whose volumes are
/// Cinder's, and what they are made of.
class Nova final : public Service {
 public:
  Nova(World& world, Neutron& neutron, Cinder& cinder, Glance& glance)
      : world_(world), neutron_(neutron), cinder_(cinder), glance_(glance) {}

  Reply serve(const Call& call) override;
  Reply refuse(const Refusal& refusal, const Call& call) const override;
  bool open(const Call& call) const override { return call.path.size() <= 1; }

  void add_flavor(std::string id, std::string name, int ram, int disk, int vcpus);
  void add_key_pair(std::string name, std::string_view user);

 private:
  Reply route(const Call& call);
  Reply flavors(const Call& call);
  Reply key_pairs(const Call& call);
  Reply server_groups(const Call& call);
  Reply limits(const Call& call);
  Reply quotas(const Call& call);
  Reply servers(const Call& call);
  Reply server(Map& server, const Call& call);
  Map shown_flavor(const Map& flavor, const Call& call, bool detail) const;
  List links(std::string_view path) const;
  Objects& all(std::string_view name) { return world_["compute/" + std::string(name)]; }

  Reply create(const Call& call);
  Reply list(const Call& call);
  List check_networks(const Call& call, const Value& wanted);
  List check_disks(const Call& call, const Value& wanted);
  void build(std::string_view id, const Caller& caller, const List& networks, const List& disks);
  Map attach_network(Map& server, const Value& wanted, const Caller& caller);
  void attach_disk(Map& server, const Value& disk, const Caller& caller);
  void fail(Map& server, std::string reason);
  void remove(Map& server);
  void release_port(std::string_view port, bool own);
  Map& need(std::string_view id, const Call& call);
  Map shown(const Map& server, const Call& call, bool listed);
  Map addresses(const Map& server);
  List group_names(const Map& server);
  void state(Map& server, std::string vm_state, Value task_state);
  std::string next_device(const Map& server, const Value& asked) const;

  Reply action(Map& server, const Call& call);
  Reply resize(Map& server, const Value& wanted);
  Reply rebuild(Map& server, const Value& wanted, const Call& call);
  Reply create_image(Map& server, const Value& wanted, const Call& call);
  void change_groups(Map& server, const Value& group, bool add, const Call& call);
  void become(Map& server, std::string task, std::string vm_state);
  Reply interfaces(Map& server, const Call& call);
  Reply volume_attachments(Map& server, const Call& call);
  Reply metadata(Map& server, const Call& call);
  Reply tags(Map& server, const Call& call);
  Reply security_groups(const Map& server);
  List ingress_rules(std::string_view group);

  World& world_;
  Neutron& neutron_;
  Cinder& cinder_;
  Glance& glance_;
};

/// The 93 of "compute 2.93" or X-OpenStack-Nova-API-Version; 1 where the request names none.
int microversion(const Call& call);
/// Nova's words for a body that does not fit its schema.
Refusal missing_member(std::string_view where, const Value& sent, std::string_view member);
Refusal bad(std::string message);
/// Throws Refusal where a server in another state, or at work, can't do what `word` says.
void need_state(const Map& server, std::string_view word,
                const std::vector<std::string_view>& states);

}  // namespace heat::twin
