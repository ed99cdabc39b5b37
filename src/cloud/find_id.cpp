#include "cloud/find_id.h"

#include <cctype>
#include <optional>

#include "net/url.h"

namespace heat {

namespace {

constexpr int kMostPages = 1000;

CloudRequest get(const Finder& finder, std::string path) {
  CloudRequest request;
  request.service = finder.service;
  request.path = std::move(path);
  request.microversion = finder.microversion;
  return request;
}

/// The id in {"id": …} or {"network": {"id": …}}.
std::optional<std::string> id_in(const Value& body, const std::string& field) {
  if (body[field].is_string()) return body[field].as_string();
  if (!body.is_map() || body.as_map().size() != 1) return {};
  const auto& id = body.as_map().at_index(0).value[field];
  if (!id.is_string()) return {};
  return id.as_string();
}

bool has_more(const Value& body, const std::string& key) {
  if (body["next"].is_string()) return true;
  const auto& links = body[key + "_links"];
  if (!links.is_list()) return false;
  for (const auto& link : links.as_list()) {
    if (link["rel"].string_or("") == "next") return true;
  }
  return false;
}

Task<std::optional<std::string>> find_by_id(Session& session, Finder finder, std::string id) {
  const auto body =
      co_await session.find(get(finder, finder.collection + '/' + percent_encode(id)));
  if (!body) co_return std::nullopt;
  // A service that answers with something else has at least said that this is an id.
  co_return id_in(*body, finder.id_field).value_or(id);
}

/// The objects of the name among some: none, one or several.
struct Matches {
  std::string id;
  bool several = false;

  void add(const std::string& other) {
    several = several || (!id.empty() && id != other);
    id = other;
  }
};

struct Found {
  Matches all;
  Matches own;  ///< those of the caller's project
};

/// Takes in the objects of one page that have the name; gives the last object's id.
std::string match(const Value& page, const Finder& finder, const std::string& name,
                  const std::string& project_id, Found& found) {
  const auto& objects = page[finder.key];
  if (!objects.is_list()) return {};
  std::string last;
  for (const auto& object : objects.as_list()) {
    last = object[finder.id_field].string_or("");
    if (object[finder.name_field].string_or("") != name && last != name) continue;
    found.all.add(last);
    if (object["project_id"] == Value(project_id) || object["tenant_id"] == Value(project_id))
      found.own.add(last);
  }
  return last;
}

}  // namespace

bool looks_like_uuid(std::string_view text) noexcept {
  int digits = 0;
  for (const unsigned char c : text) {
    if (std::isxdigit(c)) {
      ++digits;
    } else if (c != '-') {
      return false;
    }
  }
  return digits == 32;
}

Task<std::string> find_id(Session& session, Finder finder, std::string name_or_id) {
  if (finder.any_id || looks_like_uuid(name_or_id)) {
    auto id = co_await find_by_id(session, finder, name_or_id);
    if (id) co_return std::move(*id);
  }
  Query query(finder.filters.begin(), finder.filters.end());
  if (finder.name_filter) query.emplace_back(finder.name_field, name_or_id);
  Found found;
  std::string marker;
  for (int page = 0; page < kMostPages; ++page) {
    auto asked = query;
    if (!marker.empty()) asked.emplace_back("marker", marker);
    const auto fields = build_query(asked);
    auto path = finder.collection + (fields.empty() ? "" : '?' + fields);
    const auto body = co_await session.send(get(finder, std::move(path)));
    const auto last = match(body, finder, name_or_id, session.project_id(), found);
    if (last.empty() || last == marker || !has_more(body, finder.key)) break;
    marker = last;
  }
  const bool own_is_meant = finder.own_first && found.all.several && !found.own.id.empty();
  const Matches& matches = own_is_meant ? found.own : found.all;
  const auto& entity = finder.entity.empty() ? finder.key : finder.entity;
  if (matches.several) {
    throw Error(ErrorKind::PhysicalResourceNameAmbiguity, "Several objects of type " + entity +
                                                              " are named (" + name_or_id +
                                                              "). Give the id instead.");
  }
  if (matches.id.empty()) {
    throw Error(ErrorKind::EntityNotFound,
                "The " + entity + " (" + name_or_id + ") could not be found.");
  }
  co_return matches.id;
}

}  // namespace heat
