#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heat {

/// Everything but letters, digits, "-._~" and the characters of `keep` becomes %XX.
std::string percent_encode(std::string_view text, std::string_view keep = {});
/// Nothing where a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

/// The fields of a query in their order; a name may come several times.
using Query = std::vector<std::pair<std::string, std::string>>;

/// "a=1&b=x+y": decodes %XX and '+'; a broken escape stays as it is.
Query parse_query(std::string_view text);
/// "a=1&b=x%20y", without a question mark.
std::string build_query(const Query& query);
/// The first field of that name, or null.
const std::string* find(const Query& query, std::string_view name) noexcept;

/// "/v1/stacks?limit=2" taken apart; the path is still encoded.
struct Target {
  std::string path;
  Query query;
};
Target split_target(std::string_view target);

/// "http://[::1]:8004/v1/x?y=z" taken apart.
struct Url {
  std::string scheme;  ///< lower case
  std::string host;    ///< without brackets
  std::uint16_t port = 0;
  std::string path;   ///< still encoded, without the query; "/" where there was none
  std::string query;  ///< still encoded
};
/// Nothing where `text` is no absolute http or https URL.
std::optional<Url> split_url(std::string_view text);

/// `base` and `path` with exactly one slash between them.
std::string join_url(std::string_view base, std::string_view path);

}  // namespace heat
