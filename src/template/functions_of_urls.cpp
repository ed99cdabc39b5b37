#include <algorithm>
#include <array>

#include "schema/numbers.h"
#include "template/functions.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;
constexpr std::array<std::string_view, 8> kParts = {"scheme", "username", "password", "host",
                                                    "port",   "path",     "query",    "fragment"};

/// Percent-encodes all but letters, digits, "_.-~" and `safe`.
std::string quote(std::string_view text, std::string_view safe) {
  std::string result;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("_.-~").find(c) != std::string_view::npos ||
                       safe.find(c) != std::string_view::npos;
    if (plain) {
      result += c;
      continue;
    }
    constexpr char kDigits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return result;
}

/// As in a form: a space becomes "+". Slashes stay, for people's sake.
std::string quote_in_query(const std::string& text) {
  std::string result = quote(text, " /");
  std::ranges::replace(result, ' ', '+');
  return result;
}

std::string query_of(const Value& query) {
  std::string result;
  if (!query.is_map()) return result;
  for (const auto& [key, value, kind] : query.as_map()) {
    if (!result.empty()) result += '&';
    result += quote_in_query(key) + '=' + quote_in_query(to_python_str(value));
  }
  return result;
}

std::string port_problem(const Value& port) {
  const Value number = port.is_string()   ? read_integer(port.as_string()).value_or(Value())
                       : port.is_bool()   ? Value(std::int64_t{port.as_bool()})
                       : port.is_double() ? Value(static_cast<std::int64_t>(port.as_double()))
                                          : port;
  if (number.is_int() && number.as_int() > 0 && number.as_int() <= 65535) return {};
  return "'port' must be a number from 1 to 65535, not " + to_json(port) + ".";
}

/// What is wrong with one part of the URL; `value` is its value.
std::string part_problem(std::string_view name, const Value& value) {
  if (name == "port") return port_problem(value);
  if (name == "query") return value.is_map() ? std::string() : "'query' must be a map.";
  return value.is_string() ? std::string() : "'" + std::string(name) + "' must be text.";
}

std::string text_of(const Value& argument, std::string_view name) {
  const Value value = part(argument, name);
  return value.is_null() ? std::string() : to_python_str(value);
}

std::string host_and_port(const Value& argument) {
  const std::string username = quote(text_of(argument, "username"), "");
  const std::string password = quote(text_of(argument, "password"), "");
  std::string result = username;
  if (!password.empty()) result += ":" + password;
  if (!result.empty()) result += '@';
  std::string host = text_of(argument, "host");
  if (host.size() > 1 && host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  host = quote(host, ":");
  result += host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (part(argument, "port").truthy()) result += ":" + text_of(argument, "port");
  return result;
}

/// Schemes whose URLs have "//" even without a host, as Python knows them.
bool uses_host(std::string_view scheme) {
  constexpr std::string_view kSchemes[] = {
      "ftp",     "http",  "gopher", "nntp",     "telnet",  "imap",  "wais",  "file",  "mms",
      "https",   "shttp", "snews",  "prospero", "rtsp",    "rtsps", "rtspu", "rsync", "svn",
      "svn+ssh", "sftp",  "nfs",    "git",      "git+ssh", "ws",    "wss"};
  return std::ranges::find(kSchemes, scheme) != std::end(kSchemes);
}

}  // namespace

std::string check_make_url(const Node& argument, std::string_view name) {
  if (argument.is_call() || argument.kind != Node::Kind::Map)
    return takes(name, "a map of the parts of the URL.");
  for (const auto& [key, value, kind] : argument.source().as_map())
    if (kind != Kind::String || std::ranges::find(kParts, key) == kParts.end())
      return "'" + std::string(name) + "' knows no part '" + key + "'.";
  for (const std::string_view part : kParts) {
    const Node* value = argument.member(part);
    if (!value) continue;
    const bool computed = value->is_call();
    std::string problem = computed ? std::string() : part_problem(part, value->source());
    if (!problem.empty()) return problem;
    if (part == "query") break;  // the original looks no further
  }
  return {};
}

std::string fault_of_url(const Value& argument) {
  for (const std::string_view name : kParts) {
    const Value* value = argument.find(name);
    if (!value || value->is(Kind::Omitted)) continue;
    if (std::string problem = part_problem(name, *value); !problem.empty()) return problem;
  }
  const bool has_colon = text_of(argument, "scheme").find(':') != std::string::npos;
  return has_colon ? "'scheme' can't contain ':'." : std::string();
}

Value make_url(const Value& argument) {
  const Value args = present(argument);
  const std::string scheme = text_of(args, "scheme");
  const std::string host = host_and_port(args);
  std::string url = quote(text_of(args, "path"), "/");
  if (!host.empty() || (uses_host(scheme) && !url.starts_with("//"))) {
    if (!url.empty() && !url.starts_with('/')) url.insert(0, 1, '/');
    url = "//" + host + url;
  }
  if (!scheme.empty()) url = scheme + ":" + url;
  const std::string query = query_of(part(args, "query"));
  if (!query.empty()) url += "?" + query;
  const std::string fragment = quote(text_of(args, "fragment"), "/");
  if (!fragment.empty()) url += "#" + fragment;
  return url;
}

}  // namespace heat
