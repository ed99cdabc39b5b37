#include "base/error.h"
#include "resource/rest/rest_behaviour.h"
#include "text/write.h"
#include "types/neutron/neutron.h"

namespace heat::neutron {

namespace {

const char* const kAddresses = "port_fip";  // the original's name for what is kept of an old port

class Port : public RestBehaviour {
 public:
  using RestBehaviour::RestBehaviour;

  std::string replaces(const ResourceType&, const Value&, const Value& after,
                       const PropertyChanges&) const override {
    return after["replacement_policy"] == Value("REPLACE_ALWAYS")
               ? "its replacement_policy is REPLACE_ALWAYS"
               : "";
  }

  /// A fixed address can't be on two ports: the old one gives its addresses up.
  Task<> release(Resource& old) override {
    if (old.physical_id().empty()) co_return;
    const auto today = co_await read(old);
    if (!today) co_return;
    if (old.data(kAddresses).empty()) {
      old.set_data(kAddresses, to_json((*today)["fixed_ips"]));
      co_await old.save();
    }
    co_await set_addresses(old, "release addresses", List{});
  }

  Task<> reclaim(Resource& old) override {
    const std::string kept = old.data(kAddresses);
    if (old.physical_id().empty() || kept.empty()) co_return;
    co_await set_addresses(old, "reclaim addresses", from_json(kept));
    old.erase_data(kAddresses);
    co_await old.save();
  }

 private:
  Task<Map> create_body(Resource& resource) override {
    Map body = co_await RestBehaviour::create_body(resource);
    fix_addresses(body, resource.property("no_fixed_ips"));
    co_return body;
  }

  Task<Map> update_body(Resource& resource, PropertyChanges changes) override {
    const bool groups_removed =
        changes.contains("security_groups") && changes.at("security_groups").is_null();
    const auto addresses = changes.find("no_fixed_ips");
    const Value none = addresses == changes.end() ? Value() : addresses->second;
    Map body = co_await RestBehaviour::update_body(resource, std::move(changes));
    fix_addresses(body, none);
    if (groups_removed) body.set("security_groups", List{co_await default_group(resource)});
    if (const Value* profile = body.find("binding:profile"); profile != nullptr)
      body.set("binding:profile", co_await merged_profile(resource, *profile));
    co_return body;
  }

  /// An empty list says nothing: Neutron chooses at creation and keeps what is there in an update.
  static void fix_addresses(Map& body, const Value& none) {
    const Value* addresses = body.find("fixed_ips");
    if (none.truthy())
      body.set("fixed_ips", List{});
    else if (addresses != nullptr && !addresses->truthy())
      body.erase("fixed_ips");
  }

  /// Neutron and Nova keep entries of their own in the profile; only what the template changed
  /// does.
  Task<Value> merged_profile(Resource& resource, Value wanted) {
    const auto today = co_await read(resource);
    const Value& before = resource.applied()["value_specs"]["binding:profile"];
    if (!today || !(*today)["binding:profile"].is_map() || !wanted.is_map()) co_return wanted;
    Map merged = (*today)["binding:profile"].as_map();
    for (const auto& entry : wanted.as_map()) {
      if (entry.value == before[entry.key]) continue;
      if (entry.value.is_null())
        merged.erase(entry.key);
      else
        merged.set(entry.key, entry.value);
    }
    co_return merged;
  }

  Task<Value> default_group(Resource& resource) {
    Finder groups;
    groups.service = "network";
    groups.collection = "/v2.0/security-groups";
    groups.key = "security_groups";
    groups.entity = "SecurityGroup";
    groups.filters = {{"project_id", resource.session().project_id()}};
    co_return co_await resource.session().find_id(groups, "default");
  }

  Task<> set_addresses(Resource& resource, std::string step, Value addresses) {
    co_await resource.step(std::move(step), {}, [&]() -> Task<Value> {
      CloudRequest call = request(plan().update, placeholders(resource));
      call.body = Map{{"port", Map{{"fixed_ips", addresses}}}};
      // The replacement may still hold them; "delete" has the patience for that.
      co_await send(resource, "delete", std::move(call));
      co_return Value();
    });
  }

  Task<Value> attribute(Resource& resource, std::string name, Value object) override {
    if (name == "network")
      co_return co_await shown(resource, "/v2.0/networks/", object["network_id"], "network");
    if (name != "subnets") co_return co_await RestBehaviour::attribute(resource, name, object);
    List subnets;
    const Value& addresses = object["fixed_ips"];
    for (std::size_t i = 0; addresses.is_list() && i < addresses.as_list().size(); ++i)
      subnets.push_back(
          co_await shown(resource, "/v2.0/subnets/", addresses[i]["subnet_id"], "subnet"));
    co_return subnets;
  }

  Task<Value> shown(Resource& resource, std::string collection, Value id, std::string wrap) {
    if (!id.is_string()) co_return Value();
    CloudRequest call;
    call.service = "network";
    call.path = collection + id.as_string();
    const auto found = co_await resource.session().find(std::move(call));
    co_return found ? (*found)[wrap] : Value();
  }
};

}  // namespace

std::shared_ptr<Behaviour> port(const TypeFile& file, const ResourceType& type) {
  return std::make_shared<Port>(file, type);
}

}  // namespace heat::neutron
