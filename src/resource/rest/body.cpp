#include "resource/rest/body.h"

#include <algorithm>

#include "base/check.h"
#include "base/error.h"
#include "net/url.h"
#include "text/write.h"

namespace heat::rest {

namespace {

std::string as_text(const Value& value) {
  return value.is_string() ? value.as_string() : to_python_str(value);
}

std::string filled(const std::string& text, const Value& values, bool encode) {
  std::string result;
  std::size_t begin = 0;
  for (std::size_t open; (open = text.find('{', begin)) != std::string::npos;) {
    const std::size_t close = text.find('}', open);
    check(close != std::string::npos, "a '{' without '}' in a resource type's path");
    const std::string name = text.substr(open + 1, close - open - 1);
    const Value& value = values[name];
    if (value.is_null())
      throw Error(ErrorKind::Invalid,
                  "'" + name + "' has no value, and the request's path " + text + " needs it.");
    result += text.substr(begin, open - begin);
    result += encode ? percent_encode(as_text(value)) : as_text(value);
    begin = close + 1;
  }
  return result + text.substr(begin);
}

Map encoded_members(const Wire& wire, const Map& map) {
  Map result;
  for (const auto& [name, member] : wire.members) {
    const Value* value = map.find(name);
    if (value == nullptr || member.send == Wire::Send::Never) continue;
    if (!value->is_null())
      result.set(member.name, encode(member, *value));
    else if (member.absent == Wire::Absent::Null)
      result.set(member.name, Value());
  }
  return result;
}

/// Sets "rule.threshold" inside the map "rule".
void set_field(Map& body, std::string_view name, Value value) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    body.set(std::string(name), std::move(value));
    return;
  }
  const Value* inner = body.find(name.substr(0, dot));
  Map map = inner != nullptr && inner->is_map() ? inner->as_map() : Map();
  set_field(map, name.substr(dot + 1), std::move(value));
  body.set(std::string(name.substr(0, dot)), std::move(map));
}

void merge(Map& into, const Value& extra, const Value& known) {
  if (!extra.is_map()) return;
  for (const auto& entry : extra.as_map())
    if (const Value* before = known.find(entry.key); before == nullptr || *before != entry.value)
      into.set(entry.key, entry.value);
}

Value decoded(const Wire& wire, const Value& value) {
  if (value.is_list() && !wire.item.empty()) {
    List items;
    for (const Value& item : value.as_list()) items.push_back(decoded(wire.item.front(), item));
    return items;
  }
  if (!value.is_map() || wire.members.empty()) return value;
  Map map;
  for (const auto& [name, member] : wire.members) {
    if (member.send == Wire::Send::Never) continue;
    const Value* inner = value.find(member.name);
    map.set(name, inner == nullptr ? Value() : decoded(member, *inner));
  }
  return map;
}

}  // namespace

const Value& field(const Value& object, std::string_view name) {
  if (const Value* value = object.find(name)) return *value;
  const std::size_t dot = name.find('.');
  static const Value nothing;
  if (dot == std::string_view::npos) return nothing;
  return field(object[name.substr(0, dot)], name.substr(dot + 1));
}

Value encode(const Wire& wire, const Value& value) {
  if (value.is_list() && !wire.item.empty()) {
    List items;
    for (const Value& item : value.as_list()) items.push_back(encode(wire.item.front(), item));
    return items;
  }
  if (value.is_map() && !wire.members.empty()) return encoded_members(wire, value.as_map());
  return value;
}

Map create_body(const Plan& plan, const Value& properties, const std::string& default_name) {
  Map body = plan.also;
  for (const auto& [name, wire] : plan.properties) {
    if (plan.links.contains(name) || wire.send == Wire::Send::Never) continue;
    const Value& value = properties[name];
    if (wire.send == Wire::Send::Merge)
      merge(body, value, {});
    else if (!value.is_null())
      set_field(body, wire.name, encode(wire, value));
    else if (wire.absent == Wire::Absent::Name)
      set_field(body, wire.name, default_name);
    else if (wire.absent == Wire::Absent::Null)
      set_field(body, wire.name, Value());
  }
  return body;
}

Map update_body(const Plan& plan, const Value& before, const Value& after,
                const std::map<std::string, Value>& changes, const std::string& default_name) {
  Map body;
  for (const auto& [name, wire] : plan.properties) {
    const bool always = std::ranges::find(plan.update_always, name) != plan.update_always.end();
    if (!changes.contains(name) && !always && !plan.update_whole) continue;
    if (plan.links.contains(name)) continue;
    if (wire.send == Wire::Send::Never || wire.send == Wire::Send::Create) continue;
    const Value& value = after[name];
    if (value.is_null() && !changes.contains(name) && !always) continue;
    if (wire.send == Wire::Send::Merge)
      merge(body, value, before[name]);
    else if (!value.is_null())
      set_field(body, wire.name, encode(wire, value));
    else
      set_field(body, wire.name,
                wire.absent == Wire::Absent::Name ? Value(default_name) : wire.cleared);
  }
  return body;
}

Map decode(const Plan& plan, const ResourceType& type, const Value& object) {
  Map properties;
  for (const auto& [name, wire] : plan.properties) {
    const Schema* schema = type.property(name);
    if (!schema->update_allowed || plan.links.contains(name)) continue;
    if (wire.send == Wire::Send::Never || wire.send == Wire::Send::Merge) continue;
    if (const Value* value = object.find(wire.name)) properties.set(name, decoded(wire, *value));
  }
  return properties;
}

bool has_all(const std::string& text, const Value& values) {
  for (std::size_t open = 0; (open = text.find('{', open)) != std::string::npos; ++open)
    if (values[text.substr(open + 1, text.find('}', open) - open - 1)].is_null()) return false;
  return true;
}

std::string fill_path(const std::string& text, const Value& values) {
  return filled(text, values, true);
}

std::string fill_text(const std::string& text, const Value& values) {
  return filled(text, values, false);
}

Value fill_body(const Value& body, const Value& values) {
  if (body.is_string()) {
    const std::string& text = body.as_string();
    const bool one_name =
        text.size() > 2 && text.front() == '{' && text.find('}') == text.size() - 1;
    if (one_name) return values[text.substr(1, text.size() - 2)];
    return text.find('{') == std::string::npos ? body : Value(filled(text, values, false));
  }
  if (body.is_list()) {
    List items;
    for (const Value& item : body.as_list()) items.push_back(fill_body(item, values));
    return items;
  }
  if (!body.is_map()) return body;
  Map map;
  for (const auto& entry : body.as_map()) map.set(entry.key, fill_body(entry.value, values));
  return map;
}

}  // namespace heat::rest
