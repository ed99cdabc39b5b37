#include "cloud/catalogue.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "net/url.h"

namespace heat {

namespace {

/// What the service types authority calls them, the name we use first.
using Names = std::array<std::string_view, 4>;
constexpr std::array<Names, 16> kServices = {{
    {"volumev3", "block-storage", "block-store", "volume"},
    {"compute", "computev21", "compute_v21"},
    {"network", "networking"},
    {"image", "images"},
    {"identity", "identityv3"},
    {"object-store", "object-storage"},
    {"workflowv2", "workflow"},
    {"sharev2", "shared-file-system", "share"},
    {"messaging", "message", "messaging-websocket"},
    {"container-infra", "container-infrastructure-management", "container-infrastructure"},
    {"clustering", "resource-cluster", "cluster"},
    {"alarming", "alarm"},
    {"data-processing", "data_processing"},
    {"key-manager", "key_manager"},
    {"load-balancer", "load_balancer"},
    {"orchestration", "heat"},
}};

std::span<const std::string_view> names_of(std::string_view type) {
  for (const auto& names : kServices) {
    const auto end = std::ranges::find(names, std::string_view());
    if (std::find(names.begin(), end, type) != end) return {names.begin(), end};
  }
  return {};
}

/// "v2.1", "v3"
bool is_version(std::string_view segment) {
  if (segment.size() < 2 || segment[0] != 'v') return false;
  return std::ranges::all_of(segment.substr(1),
                             [](unsigned char c) { return std::isdigit(c) || c == '.'; });
}

std::string_view last_segment(std::string_view url) { return url.substr(url.rfind('/') + 1); }

std::string_view without_last_segment(std::string_view url) {
  return url.substr(0, url.size() - last_segment(url).size() - 1);
}

/// The URL up to and without its version; all of it where it has none.
std::string_view unversioned(std::string_view url) {
  if (is_version(last_segment(url))) return without_last_segment(url);
  const auto shorter = without_last_segment(url);
  if (shorter.find("://") != shorter.npos && is_version(last_segment(shorter))) {
    return without_last_segment(shorter);  // the project's id came last
  }
  return url;
}

}  // namespace

std::string_view service_name(std::string_view type) {
  const auto names = names_of(type);
  return names.empty() ? type : names.front();
}

std::optional<std::string> Catalogue::url(std::string_view service, std::string_view region,
                                          std::string_view interface) const {
  if (!entries_.is_list()) return {};
  if (interface.ends_with("URL")) interface.remove_suffix(3);
  const auto known = names_of(service);
  const auto names = known.empty() ? std::span(&service, 1) : known;
  for (const auto& name : names) {
    for (const auto& entry : entries_.as_list()) {
      if (entry["type"].string_or("") != name || !entry["endpoints"].is_list()) continue;
      for (const auto& endpoint : entry["endpoints"].as_list()) {
        const auto in = endpoint["region_id"].string_or(endpoint["region"].string_or(""));
        if (endpoint["interface"].string_or("") != interface) continue;
        if (region.empty() || in == region) return endpoint["url"].string_or("");
      }
    }
  }
  return {};
}

std::string endpoint_url(std::string_view service, std::string url, std::string_view project_id) {
  while (url.ends_with('/')) url.pop_back();
  const auto name = service_name(service);
  if (name == "identity") return std::string(unversioned(url)) + "/v3";
  if (name == "volumev3") {
    return std::string(unversioned(url)) + "/v3/" + std::string(project_id);
  }
  // The project's id in the path is optional there, and the old /v2 knows no microversions.
  if (name == "compute") return std::string(unversioned(url)) + "/v2.1";
  return url;
}

std::string request_url(std::string_view base, std::string_view path) {
  const auto first = path.substr(0, path.find_first_of("/?", 1));
  if (first.starts_with('/') && is_version(first.substr(1)) && is_version(last_segment(base))) {
    base = without_last_segment(base);
  }
  if (path.empty()) return std::string(base);
  return path.starts_with('?') ? std::string(base).append(path) : join_url(base, path);
}

}  // namespace heat
