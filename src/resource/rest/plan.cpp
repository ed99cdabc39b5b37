#include "resource/rest/plan.h"

#include "base/diagnostics.h"

namespace heat::rest {

namespace {

const Part& known_property(const Part& part, const std::string& name, const ResourceType& type) {
  if (type.property(name) == nullptr) {
    std::vector<std::string> names;
    for (const auto& [known, schema] : type.properties.members) names.push_back(known);
    part.fail("there is no property '" + name + "'." + did_you_mean(name, names));
  }
  return part;
}

std::vector<std::string> property_names(const Part& list, const ResourceType& type) {
  std::vector<std::string> names;
  for (const Part& item : list.items()) {
    names.push_back(item.text());
    known_property(item, names.back(), type);
  }
  return names;
}

std::set<std::string> word_set(const Part& part) {
  const auto words = part.words();
  return {words.begin(), words.end()};
}

std::vector<std::string> dotted(const std::string& text) {
  std::vector<std::string> steps;
  std::size_t begin = 0;
  for (std::size_t dot; (dot = text.find('.', begin)) != std::string::npos; begin = dot + 1)
    steps.push_back(text.substr(begin, dot - begin));
  steps.push_back(text.substr(begin));
  return steps;
}

/// A path that begins with "./" is below the object's own.
Call read_call(const Part& part, Call otherwise, const std::string& object = {}) {
  if (!part.present()) return otherwise;
  part.only({"method", "path", "body", "always", "whole"});
  Call call;
  call.method = part["method"].choice({"GET", "POST", "PUT", "PATCH", "DELETE"}, otherwise.method);
  call.path = part["path"].text(otherwise.path);
  if (call.path.starts_with("./")) call.path = object + call.path.substr(1);
  if (const Part body = part["body"]; body.present()) call.body = body.value();
  return call;
}

Wire read_wire(const Part& part, const std::string& name) {
  using enum Wire::Send;
  Wire wire;
  wire.name = part["wire"].text(name);
  const std::string send = part["send"].choice({"create", "never", "merge"}, "");
  wire.send = send == "create"  ? Create
              : send == "never" ? Never
              : send == "merge" ? Merge
                                : Always;
  const std::string absent = part["absent"].choice({"drop", "null", "name"}, "drop");
  wire.absent = absent == "null"   ? Wire::Absent::Null
                : absent == "name" ? Wire::Absent::Name
                                   : Wire::Absent::Drop;
  wire.cleared = part["cleared"].value();
  for (const auto& [member, inner] : part["members"].entries())
    wire.members.push_back({member, read_wire(inner, member)});
  if (const Part item = part["items"]; item.present()) wire.item.push_back(read_wire(item, ""));
  return wire;
}

Poll read_poll(const Part& part) {
  Poll poll;
  if (!part.present()) return poll;
  part.only({"field", "wait", "done", "fail"});
  poll.field = part["field"].text("status");
  poll.wait = word_set(part["wait"]);
  poll.done = word_set(part["done"]);
  poll.fail = word_set(part["fail"]);
  return poll;
}

Link read_link(const Part& part, const std::string& object) {
  part.only({"list", "items", "item_id", "add", "remove", "replace"});
  Link link;
  link.items = part["items"].text();
  link.item_id = part["item_id"].text("id");
  const auto call = [&](const char* word, const char* method) -> std::optional<Call> {
    if (!part[word].present()) return std::nullopt;
    return read_call(part[word], {.method = method, .path = "", .body = {}}, object);
  };
  link.list = call("list", "GET");
  link.add = call("add", "POST");
  link.remove = call("remove", "DELETE");
  link.replace = call("replace", "PUT");
  if (!link.replace && !(link.list && link.add && link.remove))
    part.fail("a link needs 'replace', or 'list', 'add' and 'remove'");
  if (link.list && link.items.empty()) part.fail("'items' must name the list in the answer");
  return link;
}

Rule read_rule(const Part& part, const ResourceType& type) {
  part.only({"when", "require", "conflict", "one_of", "forbid"});
  Rule rule;
  if (const Part when = part["when"]; when.value().is_map())
    for (const auto& [name, value] : when.entries())
      rule.when.emplace(name, known_property(value, name, type).value());
  else
    for (const std::string& name : property_names(when, type)) rule.when.emplace(name, Value());
  rule.require = property_names(part["require"], type);
  rule.conflict = property_names(part["conflict"], type);
  rule.one_of = property_names(part["one_of"], type);
  rule.forbid = property_names(part["forbid"], type);
  return rule;
}

Dependency read_dependency(const Part& part, const ResourceType& type) {
  part.only({"type", "where"});
  Dependency dependency{.type = part["type"].text(), .where = {}};
  for (const auto& [theirs, ours] : part["where"].entries()) {
    dependency.where.emplace_back(dotted(theirs), dotted(ours.text()));
    known_property(ours, dependency.where.back().second.front(), type);
  }
  if (dependency.type.empty()) part.fail("'type' must name the type that comes first");
  return dependency;
}

void read_calls(const TypeFile& file, Plan& plan) {
  const std::string object = plan.path + "/{id}";
  plan.create = read_call(file["create"], {.method = "POST", .path = plan.path, .body = {}});
  plan.readable = !file["read"].value().is_bool() || file["read"].flag();
  if (plan.readable)
    plan.read = read_call(file["read"], {.method = "GET", .path = object, .body = {}});
  plan.updatable = !file["update"].value().is_bool() || file["update"].flag();
  if (plan.updatable) {
    plan.update = read_call(file["update"], {.method = "PUT", .path = object, .body = {}});
    if (const Part update = file["update"]; update.present()) {
      plan.update_always = update["always"].words();
      plan.update_whole = update["whole"].flag();
    }
  }
  plan.remove = read_call(file["remove"], {.method = "DELETE", .path = object, .body = {}});
}

}  // namespace

const Wire* Plan::property(std::string_view name) const {
  for (const auto& [key, wire] : properties)
    if (key == name) return &wire;
  return nullptr;
}

Plan read_plan(const TypeFile& file, const ResourceType& type) {
  Plan plan;
  plan.service = file["service"].text();
  if (plan.service.empty()) file.own.fail("'service' is missing: the catalogue type to call");
  plan.microversion = file["microversion"].text();
  plan.path = file["path"].text();
  plan.wrap = file["wrap"].text();
  plan.id = file["id"].text("id");
  plan.collection = file["collection"].text(plan.wrap.empty() ? "" : plan.wrap + "s");
  read_calls(file, plan);
  plan.poll = read_poll(file["poll"]);
  plan.gone = word_set(file["gone"]);
  plan.busy = word_set(file["busy"]);
  plan.mark = file["mark"].words();
  for (const auto& [name, part] : file["also"].entries()) plan.also.set(name, part.value());
  for (const auto& [name, part] : file.own["properties"].entries())
    plan.properties.push_back({name, read_wire(part, name)});
  const std::string object = plan.path + "/{id}";
  for (const auto& [name, part] : file.family["links"].entries())
    if (type.property(name) != nullptr) plan.links.emplace(name, read_link(part, object));
  for (const auto& [name, part] : file.own["links"].entries())
    plan.links.insert_or_assign(name, read_link(known_property(part, name, type), object));
  for (const auto& [name, part] : file.own["attributes"].entries())
    plan.attributes.emplace_back(name, part["wire"].text(name));
  for (const Part& part : file["rules"].items()) plan.rules.push_back(read_rule(part, type));
  for (const Part& part : file["depends"].items())
    plan.depends.push_back(read_dependency(part, type));
  return plan;
}

}  // namespace heat::rest
