#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heat {

/// One version of the template language.
struct Version {
  std::string_view date;  ///< "2016-10-14"
  std::string_view name;  ///< "newton"; empty where the release gave it none
};

/// All versions of HOT, oldest first.
const std::vector<Version>& hot_versions();
/// The date of a version written as date or name; empty where there is none.
std::string_view hot_version_date(std::string_view written);

// What entered the language when. Dates order as text.
inline constexpr std::string_view kConditionsSince = "2016-10-14";  ///< with `if`, external_id
inline constexpr std::string_view kModuloSince = "2017-02-24";
inline constexpr std::string_view kTagsSince = "2018-03-02";

}  // namespace heat
