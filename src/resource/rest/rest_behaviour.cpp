#include "resource/rest/rest_behaviour.h"

#include <algorithm>

#include "base/check.h"
#include "base/error.h"
#include "net/url.h"
#include "resource/recognise.h"
#include "resource/rest/body.h"
#include "resource/rest/rules.h"
#include "resource/rest/ties.h"
#include "text/write.h"

namespace heat {

namespace {

/// As the original's default action_retry_limit: a delete in conflict is tried again five times.
constexpr int kDeleteTries = 6;

std::string text_of(const Value& value) { return value.string_or(""); }

bool fits_marks(const Value& object, const Map& marks) {
  for (const auto& mark : marks)
    if (rest::field(object, mark.key) != mark.value) return false;
  return true;
}

}  // namespace

RestBehaviour::RestBehaviour(const TypeFile& file, const ResourceType& type)
    : plan_(rest::read_plan(file, type)) {}

Task<> RestBehaviour::create(Resource& resource) {
  Value object;
  const Looks looks = co_await this->looks(resource);
  const auto look = [&]() { return recognise(resource); };
  const Value id = co_await resource.step(
      "create", look,
      [&]() -> Task<Value> {
        object = co_await perform_create(resource);
        resource.set_physical_id(physical_id(resource, object));
        co_return resource.physical_id();
      },
      looks.proof ? "" : looks.path);
  resource.set_physical_id(id.as_string());
  co_await wait_until_ready(resource, object);
  for (const auto& [property, link] : plan_.links)
    if (const Value& wanted = resource.property(property); wanted.truthy())
      co_await tie(resource, property, wanted);
}

Task<Value> RestBehaviour::perform_create(Resource& resource) {
  CloudRequest call = request(plan_.create, placeholders(resource));
  if (call.body.is_null()) call.body = wrapped(co_await create_body(resource));
  call.once = true;  // the step looks for its effect first; some create by PUT, and refuse a second
  co_return unwrapped(co_await send(resource, "create", std::move(call)));
}

Task<> RestBehaviour::update(Resource& resource, PropertyChanges changes) {
  for (const auto& [property, link] : plan_.links) {
    const auto change = changes.find(property);
    if (change != changes.end()) co_await tie(resource, property, change->second);
  }
  Map body;
  if (plan_.updatable) body = co_await update_body(resource, std::move(changes));
  if (body.empty()) co_return;
  Value object;
  co_await resource.step("update", {}, [&]() -> Task<Value> {
    CloudRequest call = request(plan_.update, placeholders(resource));
    call.body = wrapped(body);
    object = unwrapped(co_await send(resource, "update", std::move(call)));
    co_return Value();
  });
  co_await wait_until_ready(resource, object);
}

Task<> RestBehaviour::remove(Resource& resource) {
  if (resource.physical_id().empty()) {
    // Creation may have been lost between its effect and its record.
    const auto found = co_await recognise(resource);
    if (!found) co_return;
    resource.set_physical_id(found->as_string());
    co_await resource.save();
  }
  co_await resource.step("delete", {}, [&]() -> Task<Value> {
    try {
      co_await send(resource, "delete", removal(resource));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::NotFound) throw;
    }
    co_return Value();
  });
  if (!plan_.readable) co_return;
  co_await resource.wait([&]() -> Task<bool> { co_return gone(co_await read(resource)); });
}

void RestBehaviour::validate(const Value& properties, const Path& path,
                             Diagnostics& problems) const {
  rest::check_rules(plan_.rules, properties, path, problems);
}

Task<Map> RestBehaviour::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  Value object;
  if (plan_.readable)
    if (const auto found = co_await read(resource)) object = *found;
  for (const auto& name : names)
    values.set(name, name == "show" ? object : co_await attribute(resource, name, object));
  co_return values;
}

Task<RestBehaviour::Looks> RestBehaviour::looks(Resource& resource) {
  // Without properties (a creation that failed before) only our own name is sure to be ours.
  Map body{{"name", resource.physical_name()}};
  if (resource.properties().is_map()) body = co_await create_body(resource);
  Looks looks;
  Query query;
  for (const auto& field : plan_.mark) {
    const Value* value = body.find(field);
    if (value == nullptr || !(value->is_string() || value->is_number())) continue;
    looks.marks.set(field, *value);
    query.emplace_back(field, rest::id_text(*value));
  }
  if (looks.marks.empty()) co_return looks;
  looks.path = plan_.create.path + "?" + build_query(query);
  const Value* name = looks.marks.find("name");
  looks.proof = name != nullptr && *name == Value(resource.physical_name());
  co_return looks;
}

Task<std::optional<Value>> RestBehaviour::recognise(Resource& resource) {
  const Looks looks = co_await this->looks(resource);
  const auto begun = resource.begun("create");
  if (looks.path.empty() || (!looks.proof && !begun)) co_return std::nullopt;
  const rest::Call list{.method = "GET", .path = looks.path, .body = {}};
  const Value answer = co_await resource.session().send(request(list, placeholders(resource)));
  std::vector<Lookalike> alike;
  for (const Value& object :
       answer[plan_.collection].is_list() ? answer[plan_.collection].as_list() : List())
    if (fits_marks(object, looks.marks))
      alike.push_back({physical_id(resource, object), object["created_at"]});
  const auto found =
      co_await only_one(resource, plan_.wrap, std::move(alike), looks.proof ? std::nullopt : begun);
  if (found) resource.set_physical_id(found->as_string());
  co_return found;
}

Task<Value> RestBehaviour::attribute(Resource&, std::string name, Value object) {
  for (const auto& [attribute, field] : plan_.attributes)
    if (attribute == name) co_return rest::field(object, field);
  co_return Value();
}

Task<Value> RestBehaviour::live(Resource& resource) {
  if (!plan_.readable) co_return resource.applied();
  const auto object = co_await read(resource);
  if (!object)
    throw Error(ErrorKind::EntityNotFound, "The Resource (" + resource.name() +
                                               ") could not be found: it is gone from the cloud.");
  Map properties = live_properties(resource, *object);
  for (const auto& [property, link] : plan_.links) {
    // Who may not list them has not set them either.
    if (!link.list || !resource.applied()[property].truthy()) continue;
    List ids;
    for (const Value& item : co_await tied(resource, link))
      ids.emplace_back(rest::tied_id(item, link));
    properties.set(property, std::move(ids));
  }
  co_return properties;
}

Task<bool> RestBehaviour::exists(std::string id, Session& session) const {
  const Map values{{"id", id}, {"project", session.project_id()}};
  // What lies below another object can't be asked for by its id alone.
  if (!plan_.readable || !rest::has_all(plan_.read.path, values)) co_return true;
  const auto answer = co_await session.find(request(plan_.read, values));
  co_return answer && !gone(unwrapped(*answer));
}

Task<bool> RestBehaviour::healthy(Resource& resource) {
  if (resource.physical_id().empty()) co_return false;
  if (!plan_.readable) co_return true;
  const auto object = co_await read(resource);
  if (gone(object)) co_return false;
  co_return text_of((*object)["status"]) != "ERROR";
}

Neighbours RestBehaviour::depends(const Sibling& self, const Siblings& all) const {
  return rest::siblings_first(plan_.depends, self, all);
}

Task<Map> RestBehaviour::create_body(Resource& resource) {
  co_return rest::create_body(plan_, resource.properties(), resource.physical_name());
}

Task<Map> RestBehaviour::update_body(Resource& resource, PropertyChanges changes) {
  co_return rest::update_body(plan_, resource.applied(), resource.properties(), changes,
                              resource.physical_name());
}

CloudRequest RestBehaviour::removal(const Resource& resource) const {
  return request(plan_.remove, placeholders(resource));
}

Map RestBehaviour::live_properties(const Resource& resource, const Value& object) const {
  Map properties = rest::decode(plan_, resource.type(), object);
  // A name that the template leaves to us is no difference.
  if (resource.applied()["name"].is_null()) properties.erase("name");
  return properties;
}

std::string RestBehaviour::physical_id(const Resource& resource, const Value& object) const {
  if (plan_.id.find('{') != std::string::npos)
    return rest::fill_text(plan_.id, placeholders(resource));
  const Value& id = rest::field(object, plan_.id);
  if (!id.is_string() && !id.is_integer())
    throw Error(ErrorKind::Error, "The " + plan_.service + " service made " + resource.name() +
                                      " and did not say its " + plan_.id + ".");
  // Some services name an object by its link.
  const std::string text = rest::id_text(id);
  return text.substr(text.rfind('/') + 1);
}

Value RestBehaviour::placeholders(const Resource& resource, Map more) const {
  if (resource.properties().is_map())
    for (const auto& entry : resource.properties().as_map())
      if (!more.contains(entry.key)) more.set(entry.key, entry.value);
  if (!resource.physical_id().empty()) more.set("id", resource.physical_id());
  if (!more.contains("project")) more.set("project", resource.stack().project_id);
  more.set("uuid", resource.row().id);
  return more;
}

CloudRequest RestBehaviour::request(const rest::Call& call, const Value& values) const {
  CloudRequest made;
  made.service = plan_.service;
  made.method = call.method;
  made.path = rest::fill_path(call.path, values);
  if (call.body) made.body = rest::fill_body(*call.body, values);
  made.microversion = plan_.microversion;
  return made;
}

Task<std::optional<Value>> RestBehaviour::read(Resource& resource) {
  auto answer = co_await resource.session().find(request(plan_.read, placeholders(resource)));
  if (!answer) co_return std::nullopt;
  co_return unwrapped(*answer);
}

Task<Value> RestBehaviour::send(Resource& resource, std::string verb, CloudRequest request) {
  const bool patient = plan_.busy.contains(verb);
  Duration pause = std::chrono::milliseconds(500);
  for (int attempt = 1;; ++attempt) {
    try {
      co_return co_await resource.session().send(request);
    } catch (const Error& error) {
      const bool again = patient || (verb == "delete" && attempt < kDeleteTries);
      if (error.kind() != ErrorKind::Conflict || !again) throw;
    }
    co_await sleep_for(resource.loop(), pause, resource.cancel());
    pause = std::min<Duration>(pause * 2, std::chrono::seconds(patient ? 5 : 16));
  }
}

bool RestBehaviour::ready(const Value& object) const {
  const rest::Poll& poll = plan_.poll;
  const Value& field = object[poll.field];
  if (poll.field.empty() || !field.is_string()) return true;
  const std::string& state = field.as_string();
  if (poll.wait.contains(state)) return false;
  if (poll.fail.contains(state))
    throw Error(ErrorKind::ResourceInError, "Went to status " + state + " due to \"" +
                                                object["status_reason"].string_or("Unknown") +
                                                "\"");
  if (!poll.done.empty() && !poll.done.contains(state))
    throw Error(ErrorKind::ResourceUnknownStatus,
                "Resource is not built - Unknown status " + state + " due to \"Unknown\"");
  return true;
}

bool RestBehaviour::gone(const std::optional<Value>& object) const {
  return !object || plan_.gone.contains(text_of((*object)[plan_.poll.field]));
}

Value RestBehaviour::unwrapped(const Value& answer) const {
  return plan_.wrap.empty() || !answer.is_map() ? answer : answer[plan_.wrap];
}

Value RestBehaviour::wrapped(Map object) const {
  if (plan_.wrap.empty()) return object;
  return Map{{plan_.wrap, Value(std::move(object))}};
}

Task<> RestBehaviour::wait_until_ready(Resource& resource, Value object) {
  if (!plan_.readable || plan_.poll.field.empty()) co_return;
  if (object.is_map() && ready(object)) co_return;
  co_await resource.wait([&]() -> Task<bool> {
    const auto today = co_await read(resource);
    if (!today)
      throw Error(ErrorKind::NotFound, "It vanished from the cloud while it was being built.");
    co_return ready(*today);
  });
}

Task<List> RestBehaviour::tied(Resource& resource, const rest::Link& link) {
  const Value answer =
      co_await resource.session().send(request(*link.list, placeholders(resource)));
  const Value& items = rest::field(answer, link.items);
  co_return items.is_list() ? items.as_list() : List();
}

Task<> RestBehaviour::tie(Resource& resource, std::string property, Value value) {
  const rest::Link& link = plan_.links.at(property);
  Value wanted = rest::encode(*plan_.property(property), value);
  // The step looks before it acts, so that it can be taken again after a crash.
  co_await resource.step("link " + property, {}, [&]() -> Task<Value> {
    const auto call = [&](const rest::Call& how, const char* what, Value item) {
      return resource.session().send(
          request(how, placeholders(resource, Map{{what, std::move(item)}})));
    };
    if (link.replace) {
      const Value& nothing = plan_.property(property)->cleared;
      if (wanted.is_null()) wanted = nothing.is_null() ? Value(List()) : nothing;
      co_await call(*link.replace, "items", wanted);
      co_return Value();
    }
    const List then = wanted.is_list() ? wanted.as_list() : List();
    const List now = co_await tied(resource, link);
    for (const Value& item : rest::to_remove(now, then, link))
      co_await call(*link.remove, "item", rest::tied_id(item, link));
    for (const Value& item : rest::to_add(now, then, link)) co_await call(*link.add, "item", item);
    co_return Value();
  });
}

}  // namespace heat
