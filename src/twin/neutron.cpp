#include "twin/neutron.h"

#include "base/check.h"
#include "twin/listing.h"

namespace heat::twin {

using namespace neutron;

namespace {

constexpr std::string_view kExtensions[] = {"address-scope",
                                            "allowed-address-pairs",
                                            "availability_zone",
                                            "binding",
                                            "default-subnetpools",
                                            "dns-integration",
                                            "external-net",
                                            "extra_dhcp_opt",
                                            "extraroute",
                                            "ext-gw-mode",
                                            "floatingip-pools",
                                            "net-mtu",
                                            "net-mtu-writable",
                                            "network_availability_zone",
                                            "pagination",
                                            "port-security",
                                            "project-id",
                                            "provider",
                                            "qos",
                                            "quotas",
                                            "rbac-policies",
                                            "router",
                                            "router_availability_zone",
                                            "security-group",
                                            "sorting",
                                            "standard-attr-description",
                                            "standard-attr-revisions",
                                            "standard-attr-tag",
                                            "standard-attr-timestamp",
                                            "stateful-security-group",
                                            "subnet-service-types"};

Refusal no_such_page() { return {404, "The resource could not be found.", "HTTPNotFound"}; }

std::string plural_key(const Kind& kind) {
  std::string key(kind.plural);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

/// fixed_ips=ip_address=10.0.0.3 and fixed_ips=subnet_id=…
bool has_address(const Map& port, const std::vector<std::string>& asked) {
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& each) {
    const std::size_t equals = each.find('=');
    for (const Value& fixed : get(port, "fixed_ips").as_list())
      if (fixed[each.substr(0, equals)] ==
          Value(each.substr(std::min(equals, each.size() - 1) + 1)))
        return true;
    return false;
  });
}

bool has_tags(const Map& object, std::string asked) {
  const List tags = get(object, "tags").as_list();
  while (!asked.empty()) {
    const std::string tag = asked.substr(0, asked.find(','));
    asked.erase(0, tag.size() + 1);
    if (std::find(tags.begin(), tags.end(), Value(tag)) == tags.end()) return false;
  }
  return true;
}

bool wanted(const Kind& kind, const Map& object, const Query& query) {
  if (query.has("tags") && !has_tags(object, query.get("tags"))) return false;
  Query rest = query;
  if (kind.plural == "ports" && query.has("fixed_ips")) {
    if (!has_address(object, query.all("fixed_ips"))) return false;
  }
  Map plain = object;
  plain.erase("fixed_ips");
  plain.erase("tags");
  return matches(plain, query);
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
    if (wanted(kind, object, call.query)) rows.push_back(std::move(object));
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

Reply Neutron::tags(const Kind& kind, Map& object, const Call& call) {
  if (!writable(kind, object, call.caller))
    throw Refusal{403, "(rule:update_tags) is disallowed by policy", "PolicyNotAuthorized"};
  List tags = get(object, "tags").as_list();
  const Value tag(call.part(4));
  const bool one = call.path.size() == 5;
  const auto place = std::find(tags.begin(), tags.end(), tag);
  if (call.method == "GET" && !one) return {200, Map{{"tags", tags}}, {}};
  if (one && call.method != "PUT" && place == tags.end())
    throw Refusal{404, "Tag " + tag.as_string() + " could not be found.", "TagNotFound"};
  if (call.method == "GET") return {204, {}, {}};
  Reply reply{204, {}, {}};
  if (call.method == "PUT" && !one) {
    if (!call.body["tags"].is_list()) throw invalid_input("'tags' must be a list.");
    tags = call.body["tags"].as_list();
    reply = {200, Map{{"tags", tags}}, {}};
  } else if (call.method == "PUT") {
    if (place == tags.end()) tags.push_back(tag);
    reply.status = 201;
  } else if (one) {
    tags.erase(place);
  } else {
    tags.clear();
  }
  object.set("tags", tags);
  touch(object);
  return reply;
}

void Neutron::check_quota(const Kind& kind, std::string_view project) {
  const Map* own = world_["network/quotas"].find(project);
  const auto general = world_.options().quotas.find(kind.singular);
  std::int64_t limit = general == world_.options().quotas.end() ? -1 : general->second;
  if (own && get(*own, kind.singular).is_int()) limit = get(*own, kind.singular).as_int();
  if (limit < 0) return;
  std::int64_t used = 0;
  for (const auto& [order, row] : objects(kind.plural).rows())
    used += is(row.object, "tenant_id", project);
  if (used >= limit)
    throw Refusal{409, "Quota exceeded for resources: ['" + std::string(kind.singular) + "'].",
                  "OverQuota"};
}

Reply Neutron::quotas(const Call& call) {
  const std::string project(call.path.size() > 2 ? call.part(2) : call.caller.project_id);
  Objects& own = world_["network/quotas"];
  if (call.method == "DELETE" || call.method == "PUT") {
    if (!call.caller.admin())
      throw Refusal{403, "(rule:update_quota) is disallowed by policy", "PolicyNotAuthorized"};
    if (call.method == "DELETE") {
      own.erase(project);
      return {204, {}, {}};
    }
    Map& quota = own.find(project) ? *own.find(project) : own.add(project, Map{});
    if (const Value* sent = call.body.find("quota"); sent && sent->is_map())
      for (const auto& [name, value, kind] : sent->as_map()) quota.set(name, value);
  }
  Map shown;
  for (const char* name : {"network", "subnet", "subnetpool", "port", "router", "floatingip",
                           "rbac_policy", "security_group", "security_group_rule", "trunk"}) {
    const auto general = world_.options().quotas.find(name);
    shown.set(name, general == world_.options().quotas.end() ? -1 : general->second);
  }
  if (const Map* quota = own.find(project))
    for (const auto& [name, value, kind] : *quota) shown.set(name, value);
  return {200, Map{{"quota", shown}}, {}};
}

Reply Neutron::extensions(const Call& call) {
  List all;
  for (const std::string_view alias : kExtensions) {
    const Map extension{{"name", alias},
                        {"alias", alias},
                        {"description", "The " + std::string(alias) + " extension."},
                        {"updated", "2020-01-01T00:00:00-00:00"},
                        {"links", List{}}};
    if (call.part(2) == alias) return {200, Map{{"extension", extension}}, {}};
    all.push_back(extension);
  }
  if (call.path.size() > 2)
    throw Refusal{404, "Extension with alias " + std::string(call.part(2)) + " does not exist",
                  "HTTPNotFound"};
  return {200, Map{{"extensions", all}}, {}};
}

}  // namespace heat::twin
