#include "net/url.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace heat {

namespace {

bool contains(std::string_view text, char c) { return text.find(c) != text.npos; }

/// The byte that two hexadecimal digits at the start of `text` stand for.
std::optional<char> hex_byte(std::string_view text) {
  unsigned byte = 0;
  if (text.size() < 2 || !std::isxdigit(static_cast<unsigned char>(text[0]))) return {};
  const auto end = std::from_chars(text.data(), text.data() + 2, byte, 16).ptr;
  if (end != text.data() + 2) return {};
  return static_cast<char>(byte);
}

std::string decode_form(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? hex_byte(text.substr(i + 1)) : std::nullopt;
    if (byte) i += 2;
    plain += byte ? *byte : text[i] == '+' ? ' ' : text[i];
  }
  return plain;
}

}  // namespace

std::string percent_encode(std::string_view text, std::string_view keep) {
  constexpr auto digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const unsigned char c : text) {
    const bool alphanumeric = c < 0x80 && std::isalnum(c);
    if (alphanumeric || contains("-._~", c) || contains(keep, c)) {
      encoded += static_cast<char>(c);
    } else {
      encoded += {'%', digits[c >> 4], digits[c & 15]};
    }
  }
  return encoded;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    const auto byte = hex_byte(text.substr(i + 1));
    if (!byte) return {};
    plain += *byte;
    i += 2;
  }
  return plain;
}

Query parse_query(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const auto field = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), field.size() + 1));
    if (field.empty()) continue;
    const auto name = field.substr(0, field.find('='));
    const auto value = name.size() < field.size() ? field.substr(name.size() + 1) : "";
    query.emplace_back(decode_form(name), decode_form(value));
  }
  return query;
}

std::string build_query(const Query& query) {
  std::string text;
  for (const auto& [name, value] : query) {
    if (!text.empty()) text += '&';
    text += percent_encode(name) + '=' + percent_encode(value);
  }
  return text;
}

const std::string* find(const Query& query, std::string_view name) noexcept {
  const auto found = std::ranges::find(query, name, &Query::value_type::first);
  return found == query.end() ? nullptr : &found->second;
}

Target split_target(std::string_view target) {
  target = target.substr(0, target.find('#'));
  const auto path = target.substr(0, target.find('?'));
  const auto query = path.size() < target.size() ? target.substr(path.size() + 1) : "";
  return {std::string(path), parse_query(query)};
}

std::optional<Url> split_url(std::string_view text) {
  Url url;
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return {};
  for (const unsigned char c : text.substr(0, scheme_end)) {
    url.scheme += static_cast<char>(std::tolower(c));
  }
  if (url.scheme != "http" && url.scheme != "https") return {};
  url.port = url.scheme == "https" ? 443 : 80;

  text = text.substr(scheme_end + 3);
  text = text.substr(0, text.find('#'));
  auto authority = text.substr(0, text.find_first_of("/?"));
  auto rest = text.substr(authority.size());
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  const auto host_end = authority.starts_with('[') ? authority.find(']') : authority.find(':');
  if (authority.starts_with('[')) {
    if (host_end == std::string_view::npos) return {};
    url.host = authority.substr(1, host_end - 1);
    authority.remove_prefix(host_end + 1);
  } else {
    url.host = authority.substr(0, host_end);
    authority.remove_prefix(url.host.size());
  }
  if (url.host.empty()) return {};
  if (!authority.empty()) {
    const auto* end = authority.data() + authority.size();
    const auto parsed = std::from_chars(authority.data() + 1, end, url.port);
    if (authority[0] != ':' || parsed.ec != std::errc() || parsed.ptr != end) return {};
  }
  const auto path = rest.substr(0, rest.find('?'));
  url.path = path.empty() ? "/" : path;
  if (path.size() < rest.size()) url.query = rest.substr(path.size() + 1);
  return url;
}

std::string join_url(std::string_view base, std::string_view path) {
  while (base.ends_with('/')) base.remove_suffix(1);
  while (path.starts_with('/')) path.remove_prefix(1);
  return std::string(base) + '/' + std::string(path);
}

}  // namespace heat
