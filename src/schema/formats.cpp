#include "schema/formats.h"

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "schema/numbers.h"
#include "schema/pattern.h"
#include "text/write.h"

namespace heat {

namespace {

constexpr std::size_t kFullNameLimit = 255;  // of a domain name, RFC 1035
constexpr std::size_t kShortestSuffix = 3;   // what a domain adds to a relative name at least

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string not_text(const Value& value) {
  return "Text is needed here, not " + std::string(value.kind_name()) + ".";
}

bool matches(const std::string& pattern, std::string_view text) {
  return compiled_pattern(pattern).matches(text);
}

bool is_address(int family, const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(family, text.c_str(), bytes) == 1;
}

std::string ip_problem(const Value& value) {
  if (!value.is_string()) return not_text(value);
  const std::string& text = value.as_string();
  if (is_address(AF_INET, text) || is_address(AF_INET6, text)) return {};
  return in_quotes(text) + " is no IP address.";
}

std::string cidr_problem(const Value& value) {
  if (!value.is_string()) return not_text(value);
  const std::string& text = value.as_string();
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos)
    return in_quotes(text) + " is no network: a prefix length is missing, as in 10.0.0.0/24.";
  const std::string address = text.substr(0, slash), prefix = text.substr(slash + 1);
  const bool v4 = is_address(AF_INET, address);
  if ((v4 && matches("[12][0-9]|3[0-2]|[0-9]", prefix)) ||
      (is_address(AF_INET6, address) && matches("[0-9]{1,3}", prefix) && std::stoi(prefix) <= 128))
    return {};
  return in_quotes(text) + " is no network as in 10.0.0.0/24.";
}

std::string ip_or_cidr_problem(const Value& value) {
  if (!value.is_string()) return not_text(value);
  return value.as_string().find('/') == std::string::npos ? ip_problem(value) : cidr_problem(value);
}

std::string mac_problem(const Value& value) {
  static const std::string kForms =
      "(?i)(?:[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$|[0-9a-f]{1,2}(?:-[0-9a-f]{1,2}){5}$"
      "|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){2}$|[0-9a-f]{1,4}(?:-[0-9a-f]{1,4}){2}$"
      "|[0-9a-f]{1,4}(?:\\.[0-9a-f]{1,4}){2}$|[0-9a-f]{5,6}[-:][0-9a-f]{5,6}$|[0-9a-f]{11,12}$)";
  if (!value.is_string()) return not_text(value);
  if (matches(kForms, value.as_string())) return {};
  return in_quotes(value.as_string()) + " is no MAC address.";
}

std::vector<std::string> labels(std::string_view name) {
  std::vector<std::string> result(1);
  for (const char c : name) {
    if (c == '.')
      result.emplace_back();
    else
      result.back() += c;
  }
  return result;
}

std::string dns_name_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  const std::string& name = value.as_string();
  const bool absolute = name.ends_with('.');
  const std::string trimmed = absolute ? name.substr(0, name.size() - 1) : name;
  if (trimmed.size() > kFullNameLimit)
    return in_quotes(name) + " is longer than a domain name may be (255 characters).";
  const auto parts = labels(trimmed);
  for (const std::string& label : parts) {
    if (label.empty()) return in_quotes(name) + " is no domain name: a part of it is empty.";
    if (label.starts_with('-') || label.ends_with('-') || !matches("[a-z0-9-]{1,63}", label))
      return in_quotes(name) + " is no domain name: " + in_quotes(label) +
             " must be 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end.";
  }
  if (absolute && parts.size() > 1 && matches("[0-9]+", parts.back()))
    return in_quotes(name) + " is no domain name: its last part is a number.";
  return {};
}

std::string relative_dns_name_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  const std::string& name = value.as_string();
  if (name.ends_with('.'))
    return in_quotes(name) + " must be a relative name, without a final dot.";
  if (name.size() > kFullNameLimit - kShortestSuffix)
    return in_quotes(name) + " is too long: with a domain added it exceeds 255 characters.";
  return dns_name_problem(value);
}

std::string dns_domain_problem(const Value& value) {
  if (!value.truthy()) return {};
  std::string problem = dns_name_problem(value);
  if (problem.empty() && !value.as_string().ends_with('.'))
    problem = in_quotes(value.as_string()) + " must end with a dot.";
  return problem;
}

bool is_iso_time(const std::string& text) {
  return matches(
      "[0-9]{4}(-?[0-9]{1,2}(-?[0-9]{1,2}([ T][0-9]{2}:?[0-9]{2}(:?[0-9]{1,2}([.,][0-9]+)?)?"
      "([Zz]|[+-][0-9]{2}:?([0-9]{2})?)?)?)?)?$",
      text);
}

std::string iso_8601_problem(const Value& value) {
  if (!value.is_string()) return not_text(value);
  if (is_iso_time(value.as_string())) return {};
  return in_quotes(value.as_string()) + " is no time as in 2026-11-23T10:00:00Z.";
}

std::string expiration_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  const auto time = parse_iso(value.as_string());
  if (!time) return in_quotes(value.as_string()) + " is no time as in 2026-11-23T10:00:00Z.";
  if (*time > std::chrono::system_clock::now()) return {};
  return in_quotes(value.as_string()) + " is in the past.";
}

std::string timezone_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  const std::string& name = value.as_string();
  const bool plain = matches("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", name);
  if (plain && std::filesystem::is_regular_file("/usr/share/zoneinfo/" + name)) return {};
  return in_quotes(name) + " is no time zone as in Europe/Berlin.";
}

std::string json_string_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  try {
    from_json(value.as_string());
    return {};
  } catch (const Error& error) {
    return "The text is no JSON: " + error.message();
  }
}

struct CronField {
  std::string_view name;
  int least, most;
  std::string_view words;  ///< three letters each, for `least` and up
};
constexpr CronField kCronFields[] = {
    {"minute", 0, 59, ""},
    {"hour", 0, 23, ""},
    {"day", 1, 31, ""},
    {"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
    {"day of the week", 0, 7, "sunmontuewedthufrisat"},
    {"second", 0, 59, ""},
};

std::optional<int> cron_number(const CronField& field, const std::string& text) {
  if (!field.words.empty() && text.size() == 3)
    for (std::size_t i = 0; i < field.words.size(); i += 3)
      if (field.words.substr(i, 3) == text) return field.least + static_cast<int>(i / 3);
  if (!matches("[0-9]{1,4}", text)) return std::nullopt;
  const int number = std::stoi(text);
  return number >= field.least && number <= field.most ? std::optional(number) : std::nullopt;
}

/// One of the parts between commas: "*", "5", "1-5", each with a step "/2".
bool is_cron_part(const CronField& field, std::string part) {
  const std::size_t slash = part.find('/');
  if (slash != std::string::npos) {
    if (!matches("0*[1-9][0-9]{0,3}", part.substr(slash + 1))) return false;
    part.resize(slash);
  }
  if (part == "*" || part == "?") return true;
  if (field.name == "day" && part == "l") return true;
  const std::size_t dash = part.find('-');
  if (dash == std::string::npos) return cron_number(field, part).has_value();
  return cron_number(field, part.substr(0, dash)) && cron_number(field, part.substr(dash + 1));
}

std::string cron_problem(const Value& value) {
  if (!value.truthy()) return {};
  if (!value.is_string()) return not_text(value);
  std::string text = value.as_string();
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view alias :
       {"@midnight", "@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually"})
    if (text == alias) return {};
  std::vector<std::string> fields;
  for (std::size_t begin = text.find_first_not_of(" \t"); begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
    fields.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(" \t", end);
  }
  if (fields.size() != 5 && fields.size() != 6)
    return in_quotes(text) + " is no cron expression: it must have 5 or 6 fields.";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::string rest = fields[i] + ",";
    for (std::size_t comma; (comma = rest.find(',')) != std::string::npos; rest.erase(0, comma + 1))
      if (!is_cron_part(kCronFields[i], rest.substr(0, comma)))
        return in_quotes(text) + " is no cron expression: the " + std::string(kCronFields[i].name) +
               " " + in_quotes(fields[i]) + " is wrong.";
  }
  return {};
}

/// The original sleeps for so many seconds, to test its cache; what counts is that it is a number.
std::string delay_problem(const Value& value) {
  return to_number(value) ? std::string() : "A number of seconds is needed here.";
}

constexpr Format kFormats[] = {
    {"cron_expression", cron_problem},
    {"dns_domain", dns_domain_problem},
    {"dns_name", dns_name_problem},
    {"expiration", expiration_problem},
    {"ip_addr", ip_problem},
    {"ip_or_cidr", ip_or_cidr_problem},
    {"iso_8601", iso_8601_problem},
    {"json_string", json_string_problem},
    {"mac_addr", mac_problem},
    {"net_cidr", cidr_problem},
    {"rel_dns_name", relative_dns_name_problem},
    {"test_constr", delay_problem},
    {"timezone", timezone_problem},
};

constexpr std::string_view kOfTheCloud[] = {
    "barbican.container",
    "barbican.secret",
    "blazar.reservation",
    "cinder.backup",
    "cinder.qos_specs",
    "cinder.snapshot",
    "cinder.volume",
    "cinder.vtype",
    "designate.zone",
    "glance.image",
    "ironic.node",
    "ironic.portgroup",
    "keystone.domain",
    "keystone.group",
    "keystone.project",
    "keystone.region",
    "keystone.role",
    "keystone.service",
    "keystone.user",
    "magnum.cluster_template",
    "manila.share_network",
    "manila.share_snapshot",
    "manila.share_type",
    "mistral.workflow",
    "neutron.address_scope",
    "neutron.flow_classifier",
    "neutron.lbaas.listener",
    "neutron.lbaas.loadbalancer",
    "neutron.lbaas.pool",
    "neutron.lbaas.provider",
    "neutron.network",
    "neutron.port",
    "neutron.port_pair",
    "neutron.port_pair_group",
    "neutron.qos_policy",
    "neutron.router",
    "neutron.security_group",
    "neutron.segment",
    "neutron.subnet",
    "neutron.subnetpool",
    "neutron.taas.tap_flow",
    "neutron.taas.tap_service",
    "nova.flavor",
    "nova.host",
    "nova.keypair",
    "nova.network",
    "nova.server",
    "octavia.availabilityzone",
    "octavia.availabilityzoneprofile",
    "octavia.flavor",
    "octavia.flavorprofile",
    "octavia.l7policy",
    "octavia.listener",
    "octavia.loadbalancer",
    "octavia.pool",
    "trove.flavor",
    "zaqar.queue",
};

}  // namespace

const Format* find_format(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &Format::name);
  return found == std::end(kFormats) ? nullptr : found;
}

bool is_cloud_constraint(std::string_view name) {
  return std::ranges::find(kOfTheCloud, name) != std::end(kOfTheCloud);
}

std::vector<std::string> constraint_names() {
  std::vector<std::string> names(std::begin(kOfTheCloud), std::end(kOfTheCloud));
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return names;
}

}  // namespace heat
