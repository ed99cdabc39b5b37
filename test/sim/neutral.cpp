#include "sim/neutral.h"

#include <algorithm>
#include <string_view>

namespace heat {

namespace {

std::size_t span_of(std::string_view text, std::string_view characters) {
  return std::min(text.find_first_not_of(characters), text.size());
}

/// How long the id is that the text begins with; 0 where it begins with none.
std::size_t id_at(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t digits = span_of(text, kDigits);
  if (digits >= 32) return 32;
  const bool uuid = digits == 8 && text.size() >= 36 && text[8] == '-' && text[13] == '-' &&
                    text.substr(0, 36).find_first_not_of("0123456789abcdef-") == text.npos;
  return uuid ? 36 : 0;
}

/// The random end of a physical name: "-4m6yzq5vlxkc".
std::size_t random_end_at(std::string_view text) {
  constexpr std::size_t kLength = 13;
  if (!text.starts_with('-')) return 0;
  const std::size_t length = 1 + span_of(text.substr(1), "abcdefghijklmnopqrstuvwxyz234567");
  return length == kLength ? length : 0;
}

/// An IPv4 address that is no network's: which one is chosen may depend on the order.
std::size_t address_at(std::string_view text) {
  const std::size_t length = span_of(text, "0123456789.");
  if (std::ranges::count(text.substr(0, length), '.') != 3) return 0;
  return length < text.size() && text[length] == '/' ? 0 : length;
}

bool incidental(std::string_view member) {
  constexpr std::string_view kMembers[] = {
      "revision_number", "created",   "updated", "hostId",         "mac_address", "fingerprint",
      "user_data",       "adminPass", "value",   "dns_assignment", "public_key"};
  return member.ends_with("_at") || member.ends_with("timestamp") ||
         member.ends_with("instance_name") ||
         std::ranges::find(kMembers, member) != std::end(kMembers);
}

}  // namespace

std::string neutral_text(const std::string& text,
                         const std::map<std::string, std::string>& labels) {
  std::string out;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::size_t length = id_at(rest);
    if (length > 0) {
      const auto known = labels.find(std::string(rest.substr(0, length)));
      out += known == labels.end() ? "<id>" : known->second;
    } else if ((length = random_end_at(rest)) > 0) {
      out += "-*";
    } else if ((length = address_at(rest)) > 0) {
      const std::string_view address = rest.substr(0, length);
      out.append(address.substr(0, address.rfind('.'))).append(".*");
    } else {
      // A word is taken whole, so that nothing is found in the middle of it.
      constexpr std::string_view kWord =
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
      length = std::max<std::size_t>(span_of(rest, kWord), 1);
      out += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  return out;
}

Value neutral(const Value& value, const std::map<std::string, std::string>& labels) {
  if (value.is_string()) return neutral_text(value.as_string(), labels);
  if (value.is_list()) {
    List list;
    for (const Value& each : value.as_list()) list.push_back(neutral(each, labels));
    return list;
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, member, kind] : value.as_map())
    if (!incidental(key) && !(key == "id" && member.is_int()))
      map.set(neutral_text(key, labels), neutral(member, labels));
  return map;
}

}  // namespace heat
