#include "twin/neutron/neutron.h"

#include "base/check.h"
#include "twin/listing.h"
#include "twin/neutron/filters.h"

namespace heat::twin {

using namespace neutron;

namespace {

Refusal no_such_page() { return {404, "The resource could not be found.", "HTTPNotFound"}; }

std::string plural_key(const Kind& kind) {
  std::string key(kind.plural);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

}  // namespace

Objects& Neutron::objects(std::string_view plural) {
  return world_["network/" + std::string(plural)];
}

Reply Neutron::refuse(const Refusal& refusal, const Call&) const {
  if (refusal.status == 401)
    return {
        401,
        Map{{"error", Map{{"code", 401}, {"title", "Unauthorized"}, {"message", refusal.message}}}},
        {}};
  return {refusal.status,
          Map{{"NeutronError",
               Map{{"type", refusal.kind}, {"message", refusal.message}, {"detail", ""}}}},
          {}};
}

Reply Neutron::serve(const Call& call) {
  const std::string base = world_.options().base_url + "/network/v2.0/";
  if (call.path.empty())
    return {200,
            Map{{"versions", List{Map{{"id", "v2.0"},
                                      {"status", "CURRENT"},
                                      {"links", List{Map{{"rel", "self"}, {"href", base}}}}}}}},
            {}};
  if (call.part(0) != "v2.0") throw no_such_page();
  if (call.path.size() == 1) {
    List resources;
    for (const std::string_view plural : {"networks", "subnets", "subnetpools", "ports"})
      resources.push_back(
          Map{{"name", plural.substr(0, plural.size() - 1)},
              {"collection", plural},
              {"links", List{Map{{"rel", "self"}, {"href", base + std::string(plural)}}}}});
    return {200, Map{{"resources", resources}}, {}};
  }
  if (call.part(1) == "extensions") return extensions(call);
  if (call.part(1) == "quotas") return quotas(call);
  const Kind* kind = kind_named(call.part(1));
  if (!kind) throw no_such_page();
  return call.path.size() == 2 ? collection(*kind, call) : member(*kind, call);
}

Reply Neutron::collection(const Kind& kind, const Call& call) {
  const std::string plural = plural_key(kind), singular(kind.singular);
  if (call.method == "POST") {
    if (const Value* many = call.body.find(plural)) {
      return {201, Map{{plural, create_all(kind, *many, call.caller)}}, {}};
    }
    const Value* one = call.body.find(singular);
    if (!one)
      throw Refusal{400, "Unable to find '" + singular + "' in request body", "HTTPBadRequest"};
    const Map& made = create(kind, *one, call.caller);
    Map view = shown(kind, made, call.caller);
    if (kind.plural == "networks") view.set("is_default", get(made, "is_default"));
    return {201, Map{{singular, view}}, {}};
  }
  if (call.method != "GET") throw no_such_page();
  if (kind.plural == "security-groups" && !call.caller.project_id.empty())
    default_group(call.caller.project_id);
  std::vector<Map> rows;
  for (const auto& [order, row] : objects(kind.plural).rows()) {
    if (!visible(kind, row.object, call.caller)) continue;
    Map object = shown(kind, row.object, call.caller);
    if (is_asked_for(kind, object, call.query)) rows.push_back(std::move(object));
  }
  sort_rows(rows, call.query);
  Page page = page_of(std::move(rows), call.query);
  List list;
  for (const Map& object : page.rows) list.push_back(with_fields(object, call.query));
  Map body{{plural, list}};
  if (page.more) {
    std::string next = world_.options().base_url + "/network" + call.target + "?";
    for (const auto& [name, value] : call.query)
      if (name != "marker") next += name + "=" + value + "&";
    next += "marker=" + text(page.rows.back(), "id");
    body.set(plural + "_links", List{Map{{"rel", "next"}, {"href", next}}});
  }
  return {200, body, {}};
}

Reply Neutron::member(const Kind& kind, const Call& call) {
  const std::string_view id = call.part(2);
  Map* object = objects(kind.plural).find(id);
  if (!object || !visible(kind, *object, call.caller)) throw neutron::not_found(kind, id);
  if (call.part(3) == "tags") return tags(kind, *object, call);
  if (kind.plural == "routers" && call.path.size() == 4) return router_action(*object, call);
  if (call.path.size() > 3) throw no_such_page();
  const std::string singular(kind.singular);
  if (call.method == "GET")
    return {200, Map{{singular, with_fields(shown(kind, *object, call.caller), call.query)}}, {}};
  if (!writable(kind, *object, call.caller))
    throw Refusal{403,
                  "(rule:" + std::string(call.method == "DELETE" ? "delete_" : "update_") +
                      singular + ") is disallowed by policy",
                  "PolicyNotAuthorized"};
  if (call.method == "DELETE") {
    remove(kind, *object, call.caller);
    return {204, {}, {}};
  }
  if (call.method != "PUT") throw no_such_page();
  const Value* sent = call.body.find(singular);
  if (!sent)
    throw Refusal{400, "Unable to find '" + singular + "' in request body", "HTTPBadRequest"};
  update(kind, *object, *sent, call.caller);
  return {200, Map{{singular, shown(kind, *object, call.caller)}}, {}};
}

List Neutron::create_all(const Kind& kind, const Value& sent, const Caller& caller) {
  List made;
  try {
    for (const Value& each : sent.is_list() ? sent.as_list() : List{})
      made.push_back(shown(kind, create(kind, each, caller), caller));
  } catch (const Refusal&) {
    for (const Value& each : made) remove(kind.plural, each["id"].as_string(), caller);
    throw;
  }
  return made;
}

Map& Neutron::create(const Kind& kind, const Value& sent, const Caller& caller) {
  Map made{{"id", world_.uuid()}};
  for (const auto& [name, value, key_kind] : accept(kind, sent, Phase::Post, caller))
    made.set(name, value);
  check_quota(kind, text(made, "tenant_id"));
  if (kind.plural == "networks") prepare_network(made, caller);
  if (kind.plural == "subnets") prepare_subnet(made, caller);
  if (kind.plural == "ports") prepare_port(made, caller);
  if (kind.plural == "routers") prepare_router(made, caller);
  if (kind.plural == "floatingips") prepare_floating_ip(made, caller);
  if (kind.plural == "security-groups") prepare_group(made);
  if (kind.plural == "security-group-rules") prepare_rule(made, caller);
  if (kind.plural != "security-group-rules") made.set("tags", List{});
  made.set("created_at", world_.iso());
  made.set("updated_at", world_.iso());
  made.set("revision_number", 1);
  made.set("project_id", get(made, "tenant_id"));
  const std::string id = text(made, "id");
  Map& object = objects(kind.plural).add(id, std::move(made));
  if (kind.plural == "security-groups") add_default_rules(object, is(object, "name", "default"));
  return object;
}

void Neutron::update(const Kind& kind, Map& object, const Value& sent, const Caller& caller) {
  Map changes = accept(kind, sent, Phase::Put, caller);
  if (kind.plural == "subnets") change_subnet(object, changes);
  if (kind.plural == "ports") change_port(object, changes, caller);
  if (kind.plural == "floatingips") associate(object, changes, caller);
  if (kind.plural == "routers" && changes.contains("external_gateway_info")) {
    set_gateway(object, get(changes, "external_gateway_info"), caller);
    changes.erase("external_gateway_info");
  }
  if (kind.plural == "security-groups" && is(object, "name", "default") && changes.contains("name"))
    throw Refusal{409, "Updating default security group not allowed.",
                  "SecurityGroupCannotUpdateDefault"};
  for (const auto& [name, value, key_kind] : changes) object.set(name, value);
  touch(object);
}

void Neutron::remove(const Kind& kind, Map& object, const Caller& caller) {
  if (kind.plural == "networks") remove_network(object);
  if (kind.plural == "subnets") remove_subnet(object);
  if (kind.plural == "ports") remove_port(object);
  if (kind.plural == "routers") remove_router(object);
  if (kind.plural == "floatingips") remove_floating_ip(object);
  if (kind.plural == "security-groups") remove_group(object, caller);
  objects(kind.plural).erase(text(object, "id"));
}

Map& Neutron::create(std::string_view plural, const Value& sent, const Caller& caller) {
  const Kind* kind = kind_named(plural);
  check(kind, "no such kind of network object");
  return create(*kind, sent, caller);
}

void Neutron::remove(std::string_view plural, std::string_view id, const Caller& caller) {
  const Kind* kind = kind_named(plural);
  check(kind, "no such kind of network object");
  if (Map* object = objects(plural).find(id)) remove(*kind, *object, caller);
}

Map* Neutron::find(std::string_view plural, std::string_view id, const Caller& caller) {
  Map* object = objects(plural).find(id);
  return object && visible(*kind_named(plural), *object, caller) ? object : nullptr;
}

Map& Neutron::need(std::string_view plural, const Value& id, const Caller& caller) {
  Map* object = find(plural, query_text(id), caller);
  if (!object) throw neutron::not_found(*kind_named(plural), query_text(id));
  return *object;
}

void Neutron::touch(Map& object) {
  object.set("updated_at", world_.iso());
  object.set("revision_number", get(object, "revision_number").as_int() + 1);
}

bool Neutron::visible(const Kind& kind, const Map& object, const Caller& caller) {
  if (writable(kind, object, caller)) return true;
  if (kind.plural == "networks")
    return get(object, "shared").truthy() || get(object, "router:external").truthy();
  if (kind.plural == "subnets") {
    const Map* network = objects("networks").find(text(object, "network_id"));
    return network && get(*network, "shared").truthy();
  }
  return false;
}

bool Neutron::writable(const Kind& kind, const Map& object, const Caller& caller) {
  if (caller.admin() || is(object, "tenant_id", caller.project_id)) return true;
  if (kind.plural != "ports") return false;
  const Map* network = objects("networks").find(text(object, "network_id"));
  return network && is(*network, "tenant_id", caller.project_id);
}

Map Neutron::shown(const Kind& kind, const Map& object, const Caller& caller) {
  Map view = object;
  if (!caller.admin())
    for (const char* member : {"binding:host_id", "binding:profile"}) view.erase(member);
  if (kind.plural == "networks") {
    List subnets;
    for (const Map* subnet : subnets_of(text(object, "id"))) subnets.push_back(get(*subnet, "id"));
    view.set("subnets", subnets);
    if (!get(object, "router:external").truthy()) view.erase("is_default");
  }
  if (kind.plural == "floatingips") view.set("port_details", port_details(object));
  if (kind.plural == "security-groups") {
    List rules;
    for (const auto& [order, row] : objects("security-group-rules").rows())
      if (is(row.object, "security_group_id", text(object, "id"))) {
        Map rule = row.object;
        rule.set("standard_attr_id", static_cast<std::int64_t>(order));
        rule.set("tags", List{});
        rules.push_back(std::move(rule));
      }
    view.set("security_group_rules", rules);
  }
  return view;
}

Value Neutron::port_details(const Map& floating_ip) {
  const Map* port = objects("ports").find(text(floating_ip, "port_id"));
  if (!port) return nullptr;
  Map details;
  for (const char* member : {"name", "network_id", "mac_address", "admin_state_up", "status",
                             "device_id", "device_owner"})
    details.set(member, get(*port, member));
  return details;
}

}  // namespace heat::twin
