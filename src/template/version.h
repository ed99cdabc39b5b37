#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "text/document.h"

namespace heat {

/// The two languages that templates are written in.
enum class Language { Cfn, Hot };
std::string_view to_string(Language language);  ///< "cfn", "hot"

/// One version of a template language.
struct Version {
  std::string_view key;   ///< the section that names it: "heat_template_version"
  std::string_view date;  ///< "2016-10-14"
  std::string_view name;  ///< "newton"; empty where the release gave it none
  Language language;

  std::string str() const;  ///< "heat_template_version.2016-10-14"
};

/// All versions in the order in which they are listed; those of HOT oldest first.
inline constexpr std::array kVersions = {
    Version{"AWSTemplateFormatVersion", "2010-09-09", "", Language::Cfn},
    Version{"HeatTemplateFormatVersion", "2012-12-12", "", Language::Cfn},
    Version{"heat_template_version", "2013-05-23", "", Language::Hot},
    Version{"heat_template_version", "2014-10-16", "", Language::Hot},
    Version{"heat_template_version", "2015-04-30", "", Language::Hot},
    Version{"heat_template_version", "2015-10-15", "", Language::Hot},
    Version{"heat_template_version", "2016-04-08", "", Language::Hot},
    Version{"heat_template_version", "2016-10-14", "newton", Language::Hot},
    Version{"heat_template_version", "2017-02-24", "ocata", Language::Hot},
    Version{"heat_template_version", "2017-09-01", "pike", Language::Hot},
    Version{"heat_template_version", "2018-03-02", "queens", Language::Hot},
    Version{"heat_template_version", "2018-08-31", "rocky", Language::Hot},
    Version{"heat_template_version", "2021-04-16", "wallaby", Language::Hot},
};

/// The version called `full_name`, by date or alias: "heat_template_version.newton". Null: none.
const Version* find_version(std::string_view full_name);
/// The version of a template, which must have one. Throws Error{HTTPBadRequest,
/// InvalidTemplateVersion} with what is wrong and, where there was text, where.
const Version& version_of(const Document& document);

/// A set of versions: those that have a function, say.
class Versions {
 public:
  constexpr Versions() = default;
  /// Those that `belongs` says so of.
  template <class Predicate>
  static constexpr Versions where(Predicate belongs) {
    Versions found;
    for (std::size_t i = 0; i < kVersions.size(); ++i)
      if (belongs(kVersions[i])) found.bits_ |= 1U << i;
    return found;
  }

  /// Of `version`, one of kVersions.
  constexpr bool contains(const Version& version) const {
    return (bits_ >> (&version - kVersions.data()) & 1U) != 0;
  }
  friend constexpr Versions operator|(Versions a, Versions b) {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  std::uint32_t bits_ = 0;
};

/// Versions of HOT from one on, up to the one that is no more among them, if any.
constexpr Versions hot(std::string_view since, std::string_view until = "") {
  return Versions::where([=](const Version& version) {
    return version.language == Language::Hot && since <= version.date &&
           (until.empty() || version.date < until);
  });
}

/// CloudFormation's own version, and the one that Heat made of it.
inline constexpr Versions kAws =
    Versions::where([](const Version& v) { return v.key == "AWSTemplateFormatVersion"; });
inline constexpr Versions kCfn =
    Versions::where([](const Version& v) { return v.language == Language::Cfn; });

// What entered the language when.
inline constexpr Versions kConditions = hot("2016-10-14") | kAws;
inline constexpr Versions kExternalIds = hot("2016-10-14");
inline constexpr Versions kPoliciesInLowerCase = hot("2016-10-14");
inline constexpr Versions kModulo = hot("2017-02-24");
inline constexpr Versions kTags = hot("2018-03-02");

}  // namespace heat
