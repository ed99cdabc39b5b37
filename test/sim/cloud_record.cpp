#include "sim/cloud_record.h"

#include <regex>

#include "text/write.h"

namespace heat {

namespace {

constexpr std::size_t kLongText = 100;

std::string without_random_end(const std::string& name) {
  static const std::regex end("-[a-z2-7]{12}$");
  return std::regex_replace(name, end, "");
}

/// "network/security_groups" → "security_group".
std::string singular(std::string collection) {
  collection.erase(0, collection.rfind('/') + 1);
  if (collection.ends_with('s')) collection.pop_back();
  return collection;
}

/// Long texts tell a reader nothing.
Value shortened(const Value& value) {
  if (value.is_string() && value.as_string().size() > kLongText)
    return "(" + std::to_string(value.as_string().size()) + " characters)";
  if (value.is_list()) {
    List list;
    for (const Value& item : value.as_list()) list.push_back(shortened(item));
    return list;
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, member, kind] : value.as_map()) map.set(key, shortened(member));
  return map;
}

/// "/compute/v2.1/servers" → "compute /servers".
std::string place(const std::string& target) {
  static const std::regex parts("^/([a-z]+)/v[0-9.]+(/[0-9a-f]{32}(?=/))?(.*)$");
  return std::regex_replace(target, parts, "$1 $3");
}

}  // namespace

CloudRecord::CloudRecord(Cloud& cloud) : cloud_(cloud) {
  cloud_.twin().options().log_bodies = true;
  learn();
  for (const auto& [id, name] : names_) first_.insert(id);
  cloud_.after_effect = [this](const TwinRequest& request) {
    if (request.method == "POST") learn();
    return true;
  };
}

void CloudRecord::learn() {
  const Value all = cloud_.twin().snapshot();
  for (const auto& [collection, objects, kind] : all.as_map())
    for (const auto& [id, object, its_kind] : objects.as_map()) {
      if (names_.contains(id)) continue;
      std::string name = without_random_end(object["name"].string_or(""));
      if (name.empty() || name == id) name = singular(collection);
      const int number = ++used_[name];
      names_[id] = "<" + name + (number == 1 ? "" : "-" + std::to_string(number)) + ">";
    }
}

std::string CloudRecord::requests() {
  std::string lines;
  for (const TwinRequest& request : cloud_.twin().log()) {
    if (request.number <= shown_) continue;
    shown_ = request.number;
    if (request.method == "GET" || request.method == "HEAD" ||
        request.target.starts_with("/identity/"))
      continue;
    lines += request.method + " " + place(request.target);
    if (!request.microversion.empty()) lines += " (" + request.microversion + ")";
    if (!request.body.empty()) lines += " " + to_json(shortened(from_json(request.body)));
    if (request.status >= 400) lines += " → " + std::to_string(request.status);
    lines += "\n";
  }
  return neutral(lines);
}

std::string CloudRecord::contents() {
  learn();
  std::string lines;
  const Value all = cloud_.twin().snapshot();
  for (const auto& [collection, objects, kind] : all.as_map()) {
    if (collection.starts_with("identity/") || collection == "network/security-group-rules")
      continue;
    std::string line;
    for (const auto& [id, object, its_kind] : objects.as_map())
      if (!first_.contains(id) && object["name"] != Value("default")) line += " " + names_.at(id);
    if (!line.empty()) lines += collection + ":" + line + "\n";
  }
  return lines.empty() ? "the cloud is as it was\n" : lines;
}

std::string CloudRecord::neutral(const std::string& text) const {
  static const std::regex ids(
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|"
      "([0-9a-f]{2}:){5}[0-9a-f]{2}|-[a-z2-7]{12}(?![a-z0-9-])");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator match(text.begin(), text.end(), ids), end; match != end; ++match) {
    out.append(rest, text.cbegin() + match->position());
    const std::string found = match->str();
    const auto known = names_.find(found);
    if (known != names_.end())
      out += known->second;
    else
      out += found.starts_with('-') ? "-*" : found.find(':') != found.npos ? "<mac>" : "<id>";
    rest = text.cbegin() + match->position() + match->length();
  }
  return out.append(rest, text.cend());
}

}  // namespace heat
