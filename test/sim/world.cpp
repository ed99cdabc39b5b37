#include "sim/world.h"

#include "base/error.h"

namespace heat {

class ThingBehaviour final : public Behaviour {
 public:
  explicit ThingBehaviour(World& world) : world_(world) {}

  Task<> create(Resource& resource) override {
    const Value id = co_await resource.step(
        "make", [this, &resource] { return find(resource); },
        [this, &resource] { return make(resource); });
    resource.set_physical_id(id.as_string());
    co_await resource.save();
    co_await sleep_for(resource.loop(), std::chrono::seconds(5), resource.cancel());
    if (resource.property("fail").truthy())
      throw Error(ErrorKind::ResourceInError, "The thing came up broken.");
  }

  Task<> update(Resource& resource, PropertyChanges changes) override {
    if (changes.contains("size"))
      co_await resource.step("size", nullptr, [this, &resource] { return change(resource); });
    if (resource.property("fail").truthy())
      throw Error(ErrorKind::ResourceInError, "The thing broke.");
  }

  Task<> remove(Resource& resource) override {
    if (resource.physical_id().empty()) co_return;
    co_await resource.step("remove", nullptr, [this, &resource] { return erase(resource); });
  }

  Task<Map> attributes(Resource& resource, std::set<std::string> names) override {
    Map values;
    for (const auto& name : names)
      values.set(name, Value(world_.things.at(resource.physical_id()).size));
    co_return values;
  }

  Task<bool> healthy(Resource& resource) override {
    co_return world_.things.contains(resource.physical_id());
  }

 private:
  Task<Value> make(Resource& resource) {
    const std::string name = resource.physical_name();
    const std::string uses = resource.property("name").string_or("");
    const std::int64_t size = resource.property("size").as_int();
    co_return co_await world_.carry_out(resource.loop(), [this, name, uses, size] {
      const std::string id = "thing-" + std::to_string(world_.next_++);
      if (uses.starts_with("thing-") && !world_.things.contains(uses))
        world_.wrong += name + " was made on " + uses + ", which is gone\n";
      world_.things[id] = {name, uses, size};
      return Value(id);
    });
  }
  Task<Value> change(Resource& resource) {
    const std::string id = resource.physical_id();
    const std::int64_t size = resource.property("size").as_int();
    co_return co_await world_.carry_out(resource.loop(), [this, id, size] {
      world_.things.at(id).size = size;
      return Value();
    });
  }
  Task<Value> erase(Resource& resource) {
    const std::string id = resource.physical_id();
    co_return co_await world_.carry_out(resource.loop(), [this, id] {
      for (const auto& [other, thing] : world_.things)
        if (thing.uses == id) world_.wrong += id + " went before " + other + ", which uses it\n";
      world_.things.erase(id);
      return Value();
    });
  }
  Task<std::optional<Value>> find(Resource& resource) {
    const std::string name = resource.physical_name();
    for (const auto& [id, thing] : world_.things)
      if (thing.name == name) co_return Value(id);
    co_return std::nullopt;
  }

  World& world_;
};

/// Sessions that lead nowhere, with trusts that are there or not.
class Keyring final : public SessionSource {
 public:
  Keyring(World& world, Loop& loop) : world_(world), loop_(loop) {}

  std::shared_ptr<Session> of_caller(const Context&) override { return nullptr; }
  std::shared_ptr<Session> of_credential(const CredentialRow&) override { return nullptr; }
  CredentialRow intent_of(const Context& context) override {
    CredentialRow row;
    row.kind = "trust";
    row.state = "intended";
    row.user_name = context.user_name;
    List roles;
    for (const std::string& role : context.roles) roles.push_back(role);
    row.secret = Map{{"roles", roles}};
    return row;
  }
  Task<bool> serves(CredentialRow made, CredentialRow intent) override {
    const auto trust = world_.trusts.find(made.trust_id);
    co_return trust != world_.trusts.end() && trust->second.user == intent.user_name &&
        trust->second.roles == intent.secret["roles"];
  }
  Task<CredentialRow> delegate(CredentialRow intent, bool again) override {
    if (again) intent.trust_id = trust_of(intent.id);
    if (!intent.trust_id.empty()) co_return intent;
    if (intent.user_name == world_.refuses_trust_of)
      throw Error(ErrorKind::MissingCredentialError, "Missing required credential: roles member");
    const Value made = co_await world_.carry_out(loop_, [this, &intent] {
      const std::string id = "trust-" + std::to_string(world_.next_++);
      world_.trusts[id] = {intent.id, intent.user_name, intent.secret["roles"]};
      return Value(id);
    });
    intent.trust_id = made.as_string();
    co_return intent;
  }
  Task<> revoke(CredentialRow credential) override {
    const std::string id =
        credential.trust_id.empty() ? trust_of(credential.id) : credential.trust_id;
    if (id.empty()) co_return;
    co_await world_.carry_out(loop_, [this, &id] {
      world_.trusts.erase(id);
      return Value();
    });
  }

 private:
  std::string trust_of(const std::string& credential) const {
    for (const auto& [id, trust] : world_.trusts)
      if (trust.credential == credential) return id;
    return "";
  }

  World& world_;
  Loop& loop_;
};

std::unique_ptr<SessionSource> World::sessions(Loop& loop) {
  return std::make_unique<Keyring>(*this, loop);
}

Task<Value> World::carry_out(Loop& loop, std::function<Value()> effect) {
  const auto half = std::chrono::milliseconds(500);
  co_await sleep_for(loop, half, Cancel());
  const int number = ++effects;
  // A machine without power never comes back from its sleep.
  if (before_effect && !before_effect(number)) co_await sleep_for(loop, half, Cancel());
  Value result = effect();
  if (after_effect && !after_effect(number)) co_await sleep_for(loop, half, Cancel());
  co_await sleep_for(loop, half, Cancel());
  co_return result;
}

void World::add_type(Registry& registry) {
  ResourceType type;
  type.name = "Test::Thing";
  Schema text, number, flag;
  number.type = Type::Integer;
  number.default_value = Value(1);
  number.update_allowed = true;
  flag.type = Type::Boolean;
  flag.default_value = Value(false);
  flag.update_allowed = true;
  type.properties.members = {{"name", text}, {"size", number}, {"fail", flag}};
  AttributeSchema size;
  size.type = "Integer";
  type.attributes = {{"size", size}};
  type.behaviour = std::make_shared<ThingBehaviour>(*this);
  auto shared = std::make_shared<const ResourceType>(std::move(type));
  registry.add("Test::Thing", [shared] { return shared; });
}

}  // namespace heat
