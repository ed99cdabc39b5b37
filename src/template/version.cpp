#include "template/version.h"

namespace heat {

const std::vector<Version>& hot_versions() {
  static const std::vector<Version> versions = {
      {"2013-05-23", ""},      {"2014-10-16", ""},        {"2015-04-30", ""},
      {"2015-10-15", ""},      {"2016-04-08", ""},        {"2016-10-14", "newton"},
      {"2017-02-24", "ocata"}, {"2017-09-01", "pike"},    {"2018-03-02", "queens"},
      {"2018-08-31", "rocky"}, {"2021-04-16", "wallaby"},
  };
  return versions;
}

std::string_view hot_version_date(std::string_view written) {
  if (written.empty()) return {};
  for (const auto& [date, name] : hot_versions())
    if (written == date || written == name) return date;
  return {};
}

}  // namespace heat
